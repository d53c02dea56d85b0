"""Other wordings of the questions that are asked after an answer. Data.

Each question of a fact's `follow` has two more wordings here. The last one is kept for testing where the pair of fact
and question is held out; with other facts it may be trained on, as the templates of first questions are.
"""

from __future__ import annotations

_TABLE = """
And Firefox on an older macOS? | What about Firefox with an older macOS? | And on an older macOS in Firefox?
And what can you not do? | And what are you bad at? | What is too much for you, then?
And with an API lane? | And how is it with an API lane? | What if there is an API lane?
Are more always better? | Is more always better? | Do more of them always help?
Are small models hurt more? | Do small models suffer more? | Is it worse for small models?
Are you Pocket? | So you are Pocket? | Is that you?
Can I change it? | Am I able to change it? | May it be changed?
Can I compare it between models? | Is it comparable between models? | Does it work to compare models by it?
Can I do it again? | Can I repeat that? | Could I do that again myself?
Can I do it in a browser? | Does that work in a browser? | Is it possible in a browser?
Can I keep it for next time? | Is there a way to keep it? | Could it be kept for the next visit?
Can I make it larger? | Is it possible to make it larger? | Could I have a larger one?
Can I type one? | What if I type one? | May I type one myself?
Can I undo it? | Can that be undone? | Is there a way back?
Can OpenTab run it? | Does OpenTab run it? | Will it run in OpenTab?
Can every model do that? | Does that work with every model? | Do all models follow it?
Can it be quantized? | May it be quantized? | Could one quantize it too?
Can other sites read it? | Is it readable for other sites? | Could another site read it?
Do I have to install something? | Must I install anything? | Is there something to install?
Do all models share one? | Is it the same for all models? | Do all models have the same one?
Do large models do it too? | Does that happen to large models? | Is it the same with large models?
Do my other lanes stop? | Are the other lanes stopped too? | What about my other lanes?
Does Pocket pass? | How is it with Pocket? | What about Pocket?
Does a long chat get slower? | Is a long chat slower? | Do long chats slow down?
Does every GPU run it? | Does it run on every GPU? | Will any GPU do?
Does it change the answer? | Is the answer another one then? | Does the answer differ?
Does it contain my key? | Is my key in it? | Could my key be in there?
Does it hurt quality? | Is the quality worse? | What does it do to quality?
Does it need internet? | Is internet needed? | Must there be internet?
Does it take tokens? | Does that cost tokens? | Are tokens needed for it?
Does it think? | Is that thinking? | Would you call that thinking?
Does my GPU have it? | How do I see whether I have it? | Is it there on my GPU?
Does my prompt leave the tab then? | Is my prompt sent away then? | Will my prompt leave the tab in that case?
Does opening it ask the models? | Are the models asked when it is opened? | What runs when it is opened?
Does that save memory? | Is memory saved by that? | Do I need less memory then?
Does the model see the schema? | Is the schema shown to the model? | Does the model know the schema?
How are they used? | What are they used for? | What is done with them?
How can I avoid it? | How is it avoided? | What can I do about it?
How can I be sure? | How do I know that for sure? | Can I check that?
How can it get faster? | How do I make it faster? | What would speed it up?
How can that be reduced? | How is that reduced? | What makes it less?
How do I allow it on my server? | How does my server allow it? | What must my server do?
How do I avoid it? | How can that be avoided? | What keeps it from happening?
How do I choose? | How should I choose? | Which of them is for me?
How do I delete it? | How can I get rid of it? | Where do I delete it?
How do I get more out of it? | How do I use it better? | How can I get more from it?
How do I get tokens per second from it? | How many tokens per second is that? | How is that in tokens per second?
How do I measure fairly then? | How is it measured fairly then? | What is a fair measurement then?
How do I measure it? | How is that measured? | Can I measure it?
How do I open one? | How can I open one? | Where can one be opened?
How do I prevent it? | How can I prevent that? | What prevents it?
How does OpenTab use it? | What does OpenTab do with it? | What is it for in OpenTab?
How does it differ from training? | How is it different from training? | And training, how is that different?
How is it detected? | How is that seen? | How can one detect it?
How is it measured? | How does one measure it? | By what is that measured?
How large is it? | How big does it get? | What is its size?
How long does it take? | How long does that take? | How much time does it need?
How long is it without a choice? | How long is it if I choose nothing? | And if I do not choose one?
How long is one? | How many letters is one? | What is the length of one?
How many can I attach? | How many may I attach? | Is there a limit to how many?
How many can I have? | How many may I have? | Is there a largest number?
How many models pass all of them? | Do many models pass them all? | Which share of models passes?
How many votes are enough? | How often must I vote? | When are there enough votes?
How much do I have? | How do I see how much I have? | Can I find out how much there is?
How much memory do they take? | How much room do they take? | What memory is needed for them?
Is a bigger one better? | Is it better when it is bigger? | Should it be big?
Is a mirror safe? | Can I trust a mirror? | How safe is a mirror?
Is it always the same? | Will it always be the same? | Does it never change?
Is it bad for a benchmark? | Does it disturb a benchmark? | What does it do to a benchmark?
Is it downloaded at once? | Is everything downloaded at once? | Does the download begin at once?
Is it faster? | Does that make it faster? | Is anything gained in speed?
Is it free? | Is it free of charge? | Does it cost something?
Is it safe? | How safe is it? | Can it do harm?
Is it slower than WebGPU? | Is WebGPU faster? | How does it compare with WebGPU?
Is it worse than fp16? | Is fp16 better? | How far is it from fp16?
Is my answer gone too? | Do I lose my answer too? | What about my answer?
Is something lost? | Do I lose anything? | Is anything gone then?
Is that all the memory it needs? | Is that all of the memory? | Does it need more memory than that?
Is that fair? | Is this a fair comparison? | How fair is that?
Is that open source? | So is it open source? | Does that count as open source?
May I use it at work? | Is it allowed at work? | Can a company use it?
Should I use it? | Is it of any use to me? | When should it be used?
What can I do without it? | What do I do without it? | And without it?
What can you do? | And what can you do? | What are you able to do for me?
What does OpenTab do against it? | How does OpenTab protect me from it? | Is OpenTab safe from that?
What does a local model cost? | And what does a local one cost? | How much is a local model?
What does it cost? | What is the price of it? | What do I pay for that?
What else does it do here? | What more does it do here? | Does it do anything else here?
What happens if it crashes? | And if it crashes? | What does a crash do?
What happens if the check fails? | And if the check fails? | What does a failed check do?
What if a model needs more? | And if a model needs more? | What about a model that needs more?
What if it is too small? | And if it is too small? | What do I do when it is too small?
What if it is wrong? | And if it is wrong? | What does a wrong one do?
What if my host cannot send headers? | And if my host sends no headers? | Can it work without headers from the host?
What if two of them overlap a lot? | And if two of them overlap? | What does a big overlap say?
What is a good value? | Which value is good? | What value should I hope for?
What is it used for here? | What does it do here? | For what is it needed here?
What is the catch? | Where is the catch? | Is there a drawback?
What limits it? | What is the limit? | What holds it back?
What makes it long? | Why is it long sometimes? | When is it long?
What should I do if it is high? | And if it is high? | What helps when it is high?
When does OpenTab use it? | When is it used in OpenTab? | In which case does OpenTab use it?
When does it run? | When is it done? | At which moment does it run?
When does it use the GPU? | When is the GPU used? | Does it ever use the GPU?
When is it over? | When does it end? | How does one know that it is over?
Where does its knowledge come from? | What does it know that from? | From where does it know things?
Where is it stored? | In which file is it? | Where does one find it?
Which model should I take? | Which model is good for that? | With which model do I begin?
Which numbers are reported? | What numbers are shown? | Which figures does one get?
Which one fits? | Which of them fits? | How do I see which one fits?
Which one should I take? | Which of them should I take? | Which is the right one for me?
Which one should I use? | Which of the two should I use? | What should I use then?
Which percentiles are shown? | What percentiles do I see? | Which of the percentiles are there?
Which value should I use? | What value should I set? | What is a good setting?
Who sees my votes? | Can others see my votes? | Are my votes public?
Why does a benchmark ignore it? | Why is it ignored in a benchmark? | Why do benchmarks not stop at it?
Why does a model need that? | Why is that needed? | What would happen without it?
Why does that matter? | Why is that important? | What is that good for?
Why is it fast per token? | Why is it so fast? | What makes it fast?
Why is it not called ITL? | Why not ITL? | Why is the name not ITL?
Why is its name blank? | Why do I see no name? | Why does it have no name?
Why is that good for a language model? | What does a language model gain from it? | How does that help a language model?
Why is that useful? | What is the use of that? | How is that useful?
Why minus one? | Why is one subtracted? | Why is it one less?
Why not one scale for all? | Why is one scale not enough? | Would one scale not do?
Why not use perplexity only? | Is perplexity not enough? | Why is perplexity alone not used?
Why only uncached tokens? | Why are cached tokens left out? | Why not count the cached tokens?
"""

REWORDED: dict[str, tuple[str, ...]] = {
    asked: tuple(others) for asked, *others in (line.split(" | ") for line in _TABLE.strip().splitlines())
}
"""Question after an answer -> its other wordings, the last of which may be kept for testing."""
