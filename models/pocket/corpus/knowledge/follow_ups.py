"""Other wordings of the questions that are asked after an answer. Data.

Each question of a fact's `follow` stands here with its other wordings below it. The last one is kept for testing where
the pair of fact and question is held out; with other facts it may be trained on, as the templates of first questions
are. They are as many as this because a short question that leans on the answer before it is hard to know again.
"""

from __future__ import annotations

_TABLE = """
And Firefox on an older macOS?
    | What about Firefox with an older macOS? | Does an older macOS work with Firefox?
    | How does Firefox behave on old macOS versions? | My macOS is older, is Firefox fine?
    | Does Firefox manage on an older Mac system? | Is it different in Firefox on an older macOS?
    | Tell me about Firefox on older macOS versions. | And on an older macOS in Firefox?
And what can you not do?
    | And what are you bad at? | Where are your limits? | Which tasks are too much for you?
    | What should I not ask you for? | What goes beyond your abilities? | Is there anything that is too much for you?
    | Tell me what you cannot do. | What is too much for you, then?
And with an API lane?
    | And how is it with an API lane? | Does an API lane change that? | Is that different for an API lane?
    | What happens if one lane is an API? | If there is an API lane, what changes? | Does this hold for API lanes too?
    | Explain it for an API lane. | What if there is an API lane?
Are more always better?
    | Is more always better? | Does adding more always help? | Is it good to have more of them?
    | Can there be too many of them? | Would more of them improve things every time?
    | Should I just use as many as possible? | Do I always gain from having more? | Do more of them always help?
Are small models hurt more?
    | Do small models suffer more? | Does it hit smaller models harder? | Is the damage worse in small models?
    | Are small models more sensitive to it? | Does a small model lose more? | Do tiny models get worse from it?
    | Does it matter more for small models? | Is it worse for small models?
Are you Pocket?
    | So you are Pocket? | Is Pocket your name? | Is that the model I am talking to?
    | Am I talking to Pocket right now? | Is the model called Pocket you? | Do you mean yourself by that?
    | Would that be you? | Is that you?
Can I change it?
    | Am I able to change it? | Can it be changed by me? | Is it possible to change that?
    | Is there a setting to change it? | May I set it differently? | Is it something adjustable?
    | Tell me how to change it. | May it be changed?
Can I compare it between models?
    | Is it comparable between models? | Can two models be compared by it? | Is it fair to compare models with it?
    | Does comparing it across models work? | Does it mean the same across models?
    | Is it useful for comparing different models? | Can I rank models by it? | Does it work to compare models by it?
Can I do it again?
    | Can I repeat that? | Is it possible to repeat it? | Could I rerun this myself? | Can I reproduce that on my own?
    | Is there a way to do that once more? | May I run it again on my machine? | Show me how to do it again myself.
    | Could I do that again myself?
Can I do it in a browser?
    | Does that work in a browser? | Can a browser do that? | Is that possible inside a web browser?
    | Could I do this right in my browser? | Does a browser manage it too?
    | Would it be possible without leaving the browser? | Tell me if a browser can do it.
    | Is it possible in a browser?
Can I keep it for next time?
    | Is there a way to keep it? | Can it be saved for later? | Will it be kept until my next visit?
    | Is it still there when I come back? | Can I store it for another visit? | How do I keep it between visits?
    | Is it remembered next time? | Could it be kept for the next visit?
Can I make it larger?
    | Is it possible to make it larger? | Can it be made bigger? | Is a larger one available? | Could I increase it?
    | How do I get a larger one? | May I raise its size? | Can I have it bigger than that?
    | Could I have a larger one?
Can I type one?
    | What if I type one? | Can I enter one by hand? | Is it allowed to type one in? | Can I write one of my own?
    | What happens when I type my own? | Could I type it in myself? | May I fill one in manually?
    | May I type one myself?
Can I undo it?
    | Can that be undone? | Can I take it back? | Is it possible to reverse that? | How do I get back from there?
    | Can I go back to before? | Is there any way to revert it? | Tell me the way back. | Is there a way back?
Can OpenTab run it?
    | Does OpenTab run it? | Is OpenTab able to run it? | Can I run it in OpenTab? | Does it work in OpenTab?
    | Will OpenTab handle that one? | Is it something OpenTab can load? | Could it be used with OpenTab?
    | Will it run in OpenTab?
Can every model do that?
    | Does that work with every model? | Is every model able to do that? | Is that supported by all models?
    | Can any model follow it? | Does each model stick to it? | Will all models obey it?
    | Are there models that cannot do it? | Do all models follow it?
Can it be quantized?
    | May it be quantized? | Can I quantize that as well? | Is it possible to quantize it?
    | Does quantizing work for it too? | Could it be stored in fewer bits? | Is there a quantized form of it?
    | Can one also compress it by quantization? | Could one quantize it too?
Can other sites read it?
    | Is it readable for other sites? | Can another website see it? | Do other sites have access to it?
    | Is it hidden from other websites? | Might some other page read it? | Is another site able to read that?
    | Can it be seen by another site? | Could another site read it?
Do I have to install something?
    | Must I install anything? | Do I need to install anything? | Is an installation needed?
    | Does something have to be installed first? | Is there any software to install?
    | Can I use it without installing anything? | Tell me what I have to install. | Is there something to install?
Do all models share one?
    | Is it the same for all models? | Is one shared by all models? | Does each model have its own?
    | Is there a common one for every model? | Do different models use the same one? | Does every model have the same?
    | Do models differ in that? | Do all models have the same one?
Do large models do it too?
    | Does that happen to large models? | Are large models free of that? | Do bigger models have the same problem?
    | Does a large model do that as well? | Is it any different with big models? | Are larger models the same there?
    | Does that occur with the largest models too? | Is it the same with large models?
Do my other lanes stop?
    | Are the other lanes stopped too? | Do the other lanes keep going? | What happens to the other lanes?
    | Does this also stop my other lanes? | Will my remaining lanes go on? | Are my other lanes affected by it?
    | Tell me about the other lanes. | What about my other lanes?
Does Pocket pass?
    | How is it with Pocket? | Did Pocket pass that? | Is Pocket good enough for it? | How does Pocket do there?
    | Does Pocket get through it? | What is the result for Pocket? | Tell me about Pocket there. | What about Pocket?
Does a long chat get slower?
    | Is a long chat slower? | Does it slow down in long chats? | Will speed drop as the chat grows?
    | Does the chat slow down over time? | Is there a slowdown in long conversations?
    | Do longer chats take more time? | Does speed suffer when a chat is long? | Do long chats slow down?
Does every GPU run it?
    | Does it run on every GPU? | Is any GPU good enough? | Do all GPUs support it?
    | Can just any graphics card run it? | Do I need a special GPU? | Will my GPU do for that?
    | Does any GPU work for it? | Will any GPU do?
Does it change the answer?
    | Is the answer another one then? | Will I get a different answer? | Does the answer stay the same?
    | Do the answers differ because of it? | Is the answer affected by it? | How much does the answer differ with it?
    | Can it alter what is answered? | Does the answer differ?
Does it contain my key?
    | Is my key in it? | Is my API key included? | Will my key end up in it? | Can someone find my key in there?
    | Does my key get saved in it? | Could it hold my key? | Is the key left out of it? | Could my key be in there?
Does it hurt quality?
    | Is the quality worse? | Does quality suffer from it? | How does it affect the quality?
    | Do I lose quality with it? | Does it make the answers worse? | What happens to quality then?
    | What does that mean for quality? | What does it do to quality?
Does it need internet?
    | Is internet needed? | Does it work offline? | Must I be online for it?
    | Do I need an internet connection for that? | Can I use it without internet?
    | Must internet be there all the time? | Is there a need for internet? | Must there be internet?
Does it take tokens?
    | Does that cost tokens? | Does it use up tokens? | How many tokens are needed for that?
    | Are any tokens spent on it? | Does it count toward my tokens? | Does it need tokens? | Is it paid for in tokens?
    | Are tokens needed for it?
Does it think?
    | Is that thinking? | Is it really thinking? | Can one call it thinking? | Does the model actually think?
    | Is thinking the right word for it? | Would you say it thinks? | Do you call this real thinking?
    | Would you call that thinking?
Does my GPU have it?
    | How do I see whether I have it? | Does my graphics card support it? | How can I tell if my GPU has it?
    | Is my GPU one that has it? | Is it available on my GPU? | Can I check my GPU for it?
    | Tell me whether it is there for me. | Is it there on my GPU?
Does my prompt leave the tab then?
    | Is my prompt sent away then? | Does the prompt stay in the tab then? | Is my text sent somewhere in that case?
    | Does my prompt go out over the network? | In that case, does my prompt leave? | Would what I type leave the tab?
    | Is my prompt still private then? | Will my prompt leave the tab in that case?
Does opening it ask the models?
    | Are the models asked when it is opened? | Does anything run when I open it? | Will opening it start the models?
    | Is something run upon opening it? | Do the models run as soon as it opens?
    | What happens when somebody opens it? | Does opening it send any requests? | What runs when it is opened?
Does that save memory?
    | Is memory saved by that? | Does it reduce memory use? | Is less memory needed that way?
    | Will it need less memory? | Does that free up memory? | How much memory does that save?
    | Does it get by with less memory? | Do I need less memory then?
Does the model see the schema?
    | Is the schema shown to the model? | Does the model get the schema? | How does the model know about the schema?
    | Is the schema part of the prompt? | Is the schema known to the model? | Can the model read the schema?
    | Is the model told about the schema? | Does the model know the schema?
How are they used?
    | What are they used for? | What do you do with them? | What purpose do they serve?
    | What happens with them afterwards? | How does one use them? | What are they good for?
    | Tell me what is done with these. | What is done with them?
How can I avoid it?
    | How is it avoided? | Can I do anything about it? | What should I do to avoid it? | What can be done about that?
    | Is there something I can do about it? | What helps against it? | Tell me how to avoid it.
    | What can I do about it?
How can I be sure?
    | How do I know that for sure? | How can I check it myself? | Is there a way to check that?
    | Can that be verified? | How would I verify this? | What proves that it is so? | Can I test whether that is true?
    | Can I check that?
How can it get faster?
    | How do I make it faster? | How can I speed it up? | What makes it run faster? | Is there a way to speed that up?
    | What would make it quicker? | Can it be made faster? | Tell me how to speed it up. | What would speed it up?
How can that be reduced?
    | How is that reduced? | How do I make it less? | Can it be lowered? | What helps to reduce it?
    | How can I get less of it? | What brings that down? | How could there be less of that? | What makes it less?
How do I allow it on my server?
    | How does my server allow it? | What must I set on my server? | Which header must my server send?
    | How do I set up my server for it? | What does my server have to do? | How can I enable it on the server?
    | Tell me what the server must do. | What must my server do?
How do I avoid it?
    | How can that be avoided? | Can I keep it from happening? | How do I keep that from occurring?
    | What prevents it from happening? | How do I stop it from happening? | Is there a way to prevent that?
    | How can one avoid that? | What keeps it from happening?
How do I choose?
    | How should I choose? | For someone like me, which one fits? | Which of these suits me best?
    | What should I go by when picking? | Help me decide between them. | How can I tell what is right for me?
    | Which one would you recommend to me? | Which of them is for me?
How do I delete it?
    | How can I get rid of it? | Where can I remove it? | Is there a button that deletes it?
    | What must I click to delete it? | Show me where to erase it. | How is it cleared from my computer?
    | Where is the setting to delete that? | Where do I delete it?
How do I get more out of it?
    | How do I use it better? | What helps me use it well? | Can I get better results from it?
    | Give me tips for using it. | What would make it more useful to me? | How can I make the most of it?
    | Is there more I can get from that? | How can I get more from it?
How do I get tokens per second from it?
    | How many tokens per second is that? | Can I turn it into tokens per second?
    | What does that come to in tokens per second? | Convert it to tokens per second.
    | How can I work out tokens per second? | Which speed in tokens per second is it?
    | How is the token rate calculated from that? | How is that in tokens per second?
How do I measure fairly then?
    | How is it measured fairly then? | How would a fair measurement be done? | What makes a measurement fair?
    | Tell me how to measure without cheating. | Which way of measuring is fair? | How should I test to be fair?
    | What would be a fairer way to measure? | What is a fair measurement then?
How do I measure it?
    | How is that measured? | Can I measure that myself? | Is there a way I can measure it?
    | Show me how to measure it. | What do I measure it with? | Can it be measured on my machine?
    | How would I get a number for it? | Can I measure it?
How do I open one?
    | How can I open one? | Where do I open one? | Which program can one be opened with? | What do I need to open one?
    | Show me how to open one. | Can one be opened somewhere? | Where could I look inside one?
    | Where can one be opened?
How do I prevent it?
    | How can I prevent that? | What can be done to prevent it? | Tell me how to prevent it.
    | Is there anything that prevents that? | What helps against it happening? | How can I stop it from happening?
    | Which setting keeps it from occurring? | What prevents it?
How does OpenTab use it?
    | What does OpenTab do with it? | Where does OpenTab make use of it? | Why does OpenTab have it?
    | What role does it play in OpenTab? | Explain what OpenTab needs it for. | What is its purpose in OpenTab?
    | For what is it used in OpenTab? | What is it for in OpenTab?
How does it differ from training?
    | How is it different from training? | What sets it apart from training? | Is that not the same as training?
    | Compare it with training, please. | What is the difference between it and training?
    | In what way is training different? | And how does training differ from that?
    | And training, how is that different?
How is it detected?
    | How is that seen? | By what can one detect it? | How do you notice it? | What gives it away?
    | Tell me how to spot it. | Is there a way to detect that? | How would one recognise it? | How can one detect it?
How is it measured?
    | How does one measure it? | What is it measured by? | By which test is that measured?
    | What do people measure it with? | Explain how it gets measured. | With which number is that measured?
    | What is the usual measure for it? | By what is that measured?
How large is it?
    | How big does it get? | What size does it have? | How many megabytes is it? | Is its size known?
    | Tell me how big it is. | What is the size of it? | How much space does it fill? | What is its size?
How long does it take?
    | How long does that take? | How much time does that take? | Does it need a lot of time?
    | How long must I wait for it? | Tell me how long that lasts. | How many minutes does it need?
    | What time is needed for it? | How much time does it need?
How long is it without a choice?
    | How long is it if I choose nothing? | What length is it when none is chosen? | How long is the default one?
    | And if I do not pick a length? | What happens to the length if I choose none?
    | Tell me the length used without choosing. | What is it when I do not choose? | And if I do not choose one?
How long is one?
    | How many letters is one? | What length does one have? | Is one as long as a word?
    | How many characters are in one? | Tell me how long one is. | Does one have a fixed length?
    | What is the usual length of one? | What is the length of one?
How many can I attach?
    | How many may I attach? | What is the limit on attachments? | Can I attach as many as I like?
    | How many at most can be attached? | Tell me how many I can add. | Is the number I can attach limited?
    | Is there a limit when attaching several? | Is there a limit to how many?
How many can I have?
    | How many may I have? | What is the largest number I can have? | Can there be any number of them?
    | What is the most I can have? | Tell me the maximum number of them. | Is their number limited?
    | Is there a point where there are too many? | Is there a largest number?
How many models pass all of them?
    | Do many models pass them all? | What share of models passes them all? | How often does a model pass every one?
    | How large a share passes everything? | Tell me how many models pass everything.
    | Do most models pass all of them? | What percentage of models passes? | Which share of models passes?
How many votes are enough?
    | How often must I vote? | How many votes does it take? | When have I voted enough?
    | When are the votes enough to count? | Tell me how many votes are needed. | After how many votes is it reliable?
    | Are there enough votes after ten? | When are there enough votes?
How much do I have?
    | How do I see how much I have? | Where can I see how much there is? | How can I find out what I have?
    | Can I check how much I have? | Tell me where my amount is shown. | Is there a way to find out how much?
    | How would I know how much is there? | Can I find out how much there is?
How much memory do they take?
    | How much room do they take? | How much memory is needed for them? | Do they need a lot of memory?
    | What do they use up in memory? | Tell me how much memory they use. | How many gigabytes do they occupy?
    | Which amount of memory do they need? | What memory is needed for them?
Is a bigger one better?
    | Is it better when it is bigger? | Should I make it bigger? | Does a bigger size make it better?
    | Is big always better here? | Tell me whether bigger is better. | Do I want it to be big?
    | Should it be large or small? | Should it be big?
Is a mirror safe?
    | Can I trust a mirror? | How far can a mirror be trusted? | Is there a risk in using a mirror?
    | Are mirrors safe to use? | Tell me whether mirrors are safe. | How do I know a mirror is safe?
    | Can a mirror give me bad files? | How safe is a mirror?
Is it always the same?
    | Will it always be the same? | Does it change sometimes? | Can it ever be different? | Is it the same every time?
    | Tell me whether it ever changes. | Does it stay the same forever? | Will that never change?
    | Does it never change?
Is it bad for a benchmark?
    | Does it disturb a benchmark? | How does it affect a benchmark? | Does a benchmark suffer from it?
    | What effect does it have on benchmarks? | Tell me what that does to benchmarks.
    | Are benchmark results changed by it? | Can it make a benchmark wrong? | What does it do to a benchmark?
Is it downloaded at once?
    | Is everything downloaded at once? | Is it all fetched in one go? | Does it start downloading right away?
    | Does the download start immediately? | Tell me when the download begins.
    | Will the download begin without asking me? | Is the download started straight away?
    | Does the download begin at once?
Is it faster?
    | Does that make it faster? | Does it gain any speed? | Is there a gain in speed? | What speed is gained by it?
    | Tell me whether it speeds things up. | Do I get answers more quickly with it?
    | Does it run any quicker that way? | Is anything gained in speed?
Is it free?
    | Is it free of charge? | Is there something it costs me? | Do I have to pay for it?
    | Does using it cost me money? | Tell me whether I must pay something. | Can I have it for nothing?
    | Is there a cost or a fee? | Does it cost something?
Is it safe?
    | How safe is it? | Is it harmful in any way? | Can that harm me or my computer? | Could it do any damage?
    | Tell me whether it is dangerous. | Is there a risk in it? | Does it do harm to anything? | Can it do harm?
Is it slower than WebGPU?
    | Is WebGPU faster? | How does its speed compare to WebGPU? | Compared with WebGPU, how fast is it?
    | Can it keep up with WebGPU? | Compare it with WebGPU for me. | How much slower is it than WebGPU?
    | Does it do well next to WebGPU? | How does it compare with WebGPU?
Is it worse than fp16?
    | Is fp16 better? | How much worse is it than fp16? | How close does it come to fp16? | Is it far behind fp16?
    | Tell me how it differs from fp16. | What is lost compared with fp16? | Is it as good as fp16?
    | How far is it from fp16?
Is my answer gone too?
    | Do I lose my answer too? | What happens to my answer? | Is my answer kept? | Will my answer be lost as well?
    | Tell me what becomes of my answer. | And my answer, is it still there? | Does the answer I got disappear too?
    | What about my answer?
Is something lost?
    | Do I lose anything? | Does anything get lost? | Is anything missing afterwards? | Then what is gone?
    | Tell me what is lost by it. | Will something be gone after that? | Does everything stay where it was?
    | Is anything gone then?
Is that all the memory it needs?
    | Is that all of the memory? | Will it need more memory? | Does anything else take memory too?
    | Is no more memory needed than that? | Tell me whether it needs extra memory. | Can it use more memory than that?
    | Is that enough memory for it? | Does it need more memory than that?
Is that fair?
    | Is this a fair comparison? | Is the comparison a fair one? | Can one call that fair?
    | Does that treat both fairly? | Tell me whether that is fair. | Is one side favoured by that?
    | How fair is such a comparison? | How fair is that?
Is that open source?
    | So is it open source? | Can it be called open source? | Does open source include that?
    | Would that be open source? | Tell me whether it is open source. | Does it count as an open licence?
    | Is this what open source means? | Does that count as open source?
May I use it at work?
    | Is it allowed at work? | Can my company use it? | Is it allowed in a company? | May a business use it?
    | Tell me whether I can use it commercially. | Can I use it in my job? | Are companies permitted to use that?
    | Can a company use it?
Should I use it?
    | Is it of any use to me? | When does it make sense to use it? | When is it worth using?
    | In which cases should I use it? | Tell me when to use it. | Do I have a reason to use it?
    | Would you recommend using it? | When should it be used?
What can I do without it?
    | What do I do without it? | What if I do not have it? | Does anything work without it? | Can I get by without it?
    | Tell me what works without it. | And if it is missing? | How do I manage without that? | And without it?
What can you do?
    | And what can you do? | Which tasks are you able to handle? | Which things can you do for me?
    | What are you good for? | Tell me what you are able to do. | How can you help me? | What can I ask you to do?
    | What are you able to do for me?
What does OpenTab do against it?
    | How does OpenTab protect me from it? | Does OpenTab guard against that? | Am I safe from it in OpenTab?
    | Is there protection from that in OpenTab? | Tell me how OpenTab keeps me safe.
    | Can that happen to me in OpenTab? | How safe is OpenTab from it? | Is OpenTab safe from that?
What does a local model cost?
    | And what does a local one cost? | How much does a local model cost? | What must I pay for a local one?
    | Is a local model free? | Tell me the price of a local model. | How much do I pay for running locally?
    | What is the cost of a local one? | How much is a local model?
What does it cost?
    | What is the price of it? | How much does that cost me? | Is there a price to pay for it? | How expensive is it?
    | What must I pay to get that? | At what cost does it come? | Tell me what it costs. | What do I pay for that?
What else does it do here?
    | What more does it do here? | Is that all it does here? | Does it have another job here?
    | Are there other things it does here? | Is anything else done by it here? | Which other tasks does it have here?
    | Tell me what else it does. | Does it do anything else here?
What happens if it crashes?
    | And if it crashes? | What is lost in a crash? | What comes after a crash? | What do I see when it crashes?
    | How is a crash handled? | Suppose it crashes, what follows? | Tell me what a crash would do.
    | What does a crash do?
What happens if the check fails?
    | And if the check fails? | What follows after a failed check? | What do I get when a check has failed?
    | How is a failed check handled? | Suppose the check does not pass, what now? | What does it do if checking fails?
    | Tell me what a failing check leads to. | What does a failed check do?
What if a model needs more?
    | And if a model needs more? | Can a model have more than that? | What happens to a model that wants more?
    | How do models that need more work? | Is more possible when a model needs it?
    | What about models with a bigger need? | Tell me about models that need more.
    | What about a model that needs more?
What if it is too small?
    | And if it is too small? | What can I do if it's too small? | How do I fix one that is too small?
    | It is too small, what now? | What goes wrong when it is too small? | Can I make it bigger if too small?
    | Tell me what to do when it's not enough. | What do I do when it is too small?
What if it is wrong?
    | And if it is wrong? | What happens with a wrong one? | What harm does a wrong one do?
    | What goes bad if it is not right? | What follows when I have the wrong one? | How bad is it to have it wrong?
    | Tell me what happens when it is incorrect. | What does a wrong one do?
What if my host cannot send headers?
    | And if my host sends no headers? | My host has no headers, will it work?
    | Does it work if the host sets no headers? | What can I do without the headers?
    | Is there a way around missing headers? | Do I really need headers from my host?
    | Tell me what to do without host headers. | Can it work without headers from the host?
What if two of them overlap a lot?
    | And if two of them overlap? | What does it mean when they overlap? | How do I read a big overlap?
    | What does a large overlap tell me? | Can I say anything when both overlap? | Is a big overlap between two bad?
    | Tell me what much overlap means. | What does a big overlap say?
What is a good value?
    | Which value is good? | What value can I hope to see? | How high should a good value be?
    | What would count as a good value? | From which value on is it good? | Which value should I aim for?
    | Tell me what value is a good result. | What value should I hope for?
What is it used for here?
    | What does it do here? | Why is it needed here? | What do you need it for here? | What purpose does it have here?
    | For what do we use it here? | What is its job in this place? | Tell me what it is needed for.
    | For what is it needed here?
What is the catch?
    | Where is the catch? | What are the drawbacks? | Does it have any drawback? | What is the downside of it?
    | Are there disadvantages? | Which drawback do I have to accept? | Tell me the bad side of it.
    | Is there a drawback?
What limits it?
    | What is the limit? | What is holding it back? | What keeps it from being faster? | Where is the bottleneck?
    | Which thing holds it back most? | What stops it from going further? | Tell me what sets the limit.
    | What holds it back?
What makes it long?
    | Why is it long sometimes? | When does it get long? | In which cases is it long?
    | Why does it take long at times? | What causes it to be long? | When must I expect a long one?
    | Tell me when it becomes long. | When is it long?
What should I do if it is high?
    | And if it is high? | What can help against a high one? | How do I bring it down? | It is high, what helps now?
    | What helps to make it lower? | Can I do something when it's too high? | Tell me how to lower it.
    | What helps when it is high?
When does OpenTab use it?
    | When is it used in OpenTab? | In which cases is it used by OpenTab? | At what point does OpenTab use it?
    | Under what conditions does OpenTab use it? | Does OpenTab use it in every case?
    | At what point does OpenTab turn to it? | Tell me when OpenTab uses it. | In which case does OpenTab use it?
When does it run?
    | When is it done? | At what moment is it run? | Which moment is it run at? | At what time does it happen?
    | At which point does it start running? | Does it run before or after loading? | Tell me the moment when it runs.
    | At which moment does it run?
When does it use the GPU?
    | When is the GPU used? | Does it use a GPU at all? | Can it ever run on the GPU? | Is the GPU ever used for it?
    | In which case does it take the GPU? | Does any of it use GPU power? | Tell me when it needs the GPU.
    | Does it ever use the GPU?
When is it over?
    | When does it end? | How do I know it is over? | How can one tell that it has ended?
    | What shows that it is over? | What is the sign of its end? | At which point is it finished?
    | Tell me how to know when it's over. | How does one know that it is over?
Where does its knowledge come from?
    | What does it know that from? | How does it know these things? | From where did it get its knowledge?
    | Where did it learn all that? | What is the source of its knowledge? | How come it knows so many things?
    | Tell me where it knows things from. | From where does it know things?
Where is it stored?
    | In which file is it? | Where can I find it? | Where do I look to find it? | Which file does one find it in?
    | In what place is it kept? | Where is it saved? | Tell me where to find it. | Where does one find it?
Which model should I take?
    | Which model is good for that? | Which model should I begin with? | What model is best to begin with?
    | With what model should one start? | Can you name a model to begin with? | What would be a good first model?
    | Suggest a model for that. | With which model do I begin?
Which numbers are reported?
    | What numbers are shown? | What figures do I get? | Which figures are in the report?
    | What numbers does one get from it? | What does it report in numbers? | Which results does one get to see?
    | Tell me the figures that it gives. | Which figures does one get?
Which one fits?
    | Which of them fits? | How can I tell which one fits? | How do I know which will fit?
    | Where do I see whether one fits? | How do I find one that fits? | Can I see which of these fits?
    | Tell me how to see what fits. | How do I see which one fits?
Which one should I take?
    | Which of them should I take? | Which is right for me? | What is the right choice for me?
    | Which would be the best one for me? | How do I choose the right one? | Which of these do you recommend me?
    | Tell me which one to take. | Which is the right one for me?
Which one should I use?
    | Which of the two should I use? | What do I use then? | Which of both is better to use?
    | What is better to use of the two? | So what would you use? | Should I use the first or the second?
    | Tell me which of the two to use. | What should I use then?
Which percentiles are shown?
    | What percentiles do I see? | Which percentiles are there? | Are there several percentiles?
    | What percentiles does it give? | Is the 95th one of the percentiles there?
    | How many of the percentiles are listed? | List the percentiles that are shown.
    | Which of the percentiles are there?
Which value should I use?
    | What value should I set? | Which setting is good? | What setting do you recommend? | How should I set it?
    | What is a sensible setting for it? | What would be a good number to set? | Suggest a good setting for it.
    | What is a good setting?
Who sees my votes?
    | Can others see my votes? | Do my votes stay private? | Are votes made public? | Is my vote public or private?
    | Does anyone else see how I voted? | Are my votes sent to anyone? | Tell me who can see my votes.
    | Are my votes public?
Why does a benchmark ignore it?
    | Why is it ignored in a benchmark? | Why doesn't a benchmark stop at it? | Why do benchmarks go on past it?
    | Why should benchmarks not stop there? | What reason has a benchmark to ignore it?
    | Why does it not stop the benchmark? | Explain why benchmarks ignore it. | Why do benchmarks not stop at it?
Why does a model need that?
    | Why is that needed? | What happens without it? | What would go wrong without it?
    | Would a model work without it? | What would a model do without that? | Could one do without it?
    | Explain why a model needs it. | What would happen without it?
Why does that matter?
    | Why is that important? | What good does that do? | What is the good of that? | Is that important for me?
    | What difference does that make? | Why should I care about that? | Explain why it matters.
    | What is that good for?
Why is it fast per token?
    | Why is it so fast? | What is it that makes it fast? | How does it get so fast? | How can each token be so fast?
    | What makes each token quick? | Where does its speed come from? | Explain what makes it this fast.
    | What makes it fast?
Why is it not called ITL?
    | Why not ITL? | Why is its name not ITL? | Why not use the name ITL? | Why did it get another name than ITL?
    | Is there a reason to avoid ITL? | Why don't you call it ITL? | Explain why you don't name it ITL.
    | Why is the name not ITL?
Why is its name blank?
    | Why do I see no name? | Why is there no name? | Why doesn't it have a name? | Where is its name?
    | Why is the name empty? | How come it has no name? | Explain why the name is missing. | Why does it have no name?
Why is that good for a language model?
    | What does a language model gain from it? | How does it help language models? | Does that help a language model?
    | What help is that to language models? | In what way do language models profit from it?
    | Why would a language model want that? | Explain how language models benefit.
    | How does that help a language model?
Why is that useful?
    | What is the use of that? | What makes that useful? | How can I use that? | In what way is it useful?
    | How is it of any use? | Is that useful for anything? | Explain how it can be useful. | How is that useful?
Why minus one?
    | Why is one subtracted? | Why one less? | Why is the number one less? | Why do you take away one?
    | Where does the minus one come from? | Why is it not the full count? | Explain why there is one less.
    | Why is it one less?
Why not one scale for all?
    | Why is one scale not enough? | Would a single scale not be enough? | Why does one scale not do?
    | Could one scale do for everything? | Why are there so many scales? | Why not share one scale among all?
    | Explain why one scale would not do. | Would one scale not do?
Why not use perplexity only?
    | Is perplexity not enough? | Why isn't perplexity used alone? | Why is only perplexity not sufficient?
    | Can I use perplexity alone? | Why do I need more than perplexity? | Why not just look at perplexity?
    | Explain why perplexity alone won't do. | Why is perplexity alone not used?
Why only uncached tokens?
    | Why are cached tokens left out? | Why are cached tokens not counted? | Why don't you count cached tokens?
    | Shouldn't the cached tokens count too? | Why leave tokens in the cache out?
    | Why does the count skip cached tokens? | Explain why only uncached tokens count.
    | Why not count the cached tokens?
"""

_ROWS = _TABLE.strip().replace("\n    | ", " | ").splitlines()

REWORDED: dict[str, tuple[str, ...]] = {asked: tuple(others) for asked, *others in (row.split(" | ") for row in _ROWS)}
"""Question after an answer -> its other wordings, the last of which may be kept for testing."""
