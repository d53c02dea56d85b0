"""Facts about how a model writes an answer: prefill, decode, caches and sampling."""

from __future__ import annotations

from corpus.knowledge.fact import Fact, define
from corpus.knowledge.phrasing import compare, why

FACTS: tuple[Fact, ...] = (
    Fact(
        id="inference",
        ask=define("inference")
        + ("What happens during inference?", "How does inference work?", "What does running inference mean?"),
        answers=(
            "Inference is running a trained model to get an answer. The weights are only read and do not change.",
            "Inference means using a finished model: text goes in, tokens come out, and the weights do not change.",
        ),
        must=("inference", "do not change"),
        follow=(
            (
                "How does it differ from training?",
                "Training changes the weights and needs far more memory. Inference only reads them.",
            ),
        ),
    ),
    Fact(
        id="prefill",
        ask=define("prefill", "the prefill phase")
        + ("What happens during prefill?", "What is prefill for?", "How does prefill work?"),
        answers=(
            "Prefill is the first phase of an answer: the model reads the whole prompt in parallel and fills the KV cache.",
            "In prefill all prompt tokens go through the model in parallel, which fills the KV cache and gives the first token.",
        ),
        must=("prefill", "in parallel", "fills the kv cache"),
        follow=(
            (
                "Why is it fast per token?",
                "Each weight that is read serves many tokens at once, so the GPU computes instead of waiting for memory.",
            ),
        ),
    ),
    Fact(
        id="decode",
        ask=define("decode", "the decode phase")
        + ("What happens during decode?", "How does decode work?", "Which phase writes the answer?"),
        answers=(
            "Decode is the phase in which the model writes the answer, one token after another. Each step reads all weights.",
            "In decode the model makes one token after another, and each step reads all weights once. It follows prefill.",
        ),
        must=("decode", "one token after another"),
        follow=(("What limits it?", "Mostly memory bandwidth, because the weights are read again for each token."),),
    ),
    Fact(
        id="prefill-vs-decode",
        ask=compare("prefill", "decode") + ("Which is faster, prefill or decode?",),
        answers=(
            "Prefill reads the whole prompt at once and is limited by computing. Decode goes token by token and is limited by memory.",
            "Prefill handles many tokens together, so computing limits it. Decode goes token by token, so memory limits it.",
        ),
        must=("prefill", "decode goes token by token"),
    ),
    Fact(
        id="autoregressive",
        ask=define("autoregressive generation", "an autoregressive model")
        + (
            "Why are language models called autoregressive?",
            "Why does a model write one token at a time?",
            "How does autoregressive generation work?",
        ),
        answers=(
            "Autoregressive means that each new token is added to the text and becomes input for the next one.",
            "An autoregressive model feeds its own output back: every token it writes becomes input for the next one.",
        ),
        must=("autoregressive", "becomes input"),
    ),
    Fact(
        id="kv-cache",
        ask=define("the KV cache", "a KV cache")
        + (
            "What is stored in the KV cache?",
            "Why does a model need a KV cache?",
            "What does KV stand for in KV cache?",
        ),
        answers=(
            "The KV cache stores the keys and values of all tokens so far, so they need not be computed again at each step.",
            "The KV cache keeps the keys and values that attention made for earlier tokens. Without it each step would redo them all.",
        ),
        must=("kv cache", "keys and values", "tokens"),
        follow=(
            (
                "How large is it?",
                "Two times layers times key-value heads times head size times tokens, times the bytes per number.",
            ),
            (
                "Can it be quantized?",
                "Yes. Some engines store it in 8 bits, which halves it against fp16 at a small cost in quality.",
            ),
        ),
    ),
    Fact(
        id="kv-cache-growth",
        ask=why("the KV cache grows", "the KV cache gets larger during a chat")
        + ("Why does the KV cache grow?", "How fast does the KV cache grow?", "What makes the KV cache grow?"),
        answers=(
            "The KV cache grows because every new token adds its own keys and values in each layer. Twice the text takes twice the room.",
            "Each token adds one more entry per layer, so the KV cache grows in step with the text, prompt and answer alike.",
        ),
        must=("the kv cache grows", "token adds", "layer"),
    ),
    Fact(
        id="prompt-cache",
        ask=define("a prompt cache", "prompt caching")
        + (
            "How does a prompt cache save time?",
            "Why use a prompt cache?",
            "Why does a prompt cache distort a benchmark?",
        ),
        answers=(
            "A prompt cache keeps the KV cache of a prompt that was read before, so the same start need not be read again.",
            "Prompt caching reuses work: if a new prompt starts like an old one, the prompt cache skips prefill for that part.",
        ),
        must=("prompt cach", "start"),
        follow=(
            (
                "Is it bad for a benchmark?",
                "Yes, if it goes unseen. A cache hit makes prefill look faster than it is, so benchmarks avoid hits.",
            ),
        ),
    ),
    Fact(
        id="greedy",
        ask=define("greedy decoding", "greedy search")
        + (
            "How does greedy decoding pick a token?",
            "When should I use greedy decoding?",
            "Why do benchmarks use greedy decoding?",
        ),
        answers=(
            "Greedy decoding always takes the token with the highest probability. It uses no random choice, so benchmarks prefer it.",
            "In greedy decoding the most likely token, the one with the highest probability, wins at every step.",
        ),
        must=("greedy decoding", "highest probability"),
    ),
    Fact(
        id="sampling",
        ask=define("sampling", "token sampling")
        + ("How does sampling pick a token?", "Why use sampling instead of the best token?", "How does sampling work?"),
        answers=(
            "Sampling picks the next token at random, where likely tokens have a higher chance. It makes answers more varied.",
            "In sampling the next token is drawn by chance from the probabilities, so answers are more varied than with the best token.",
        ),
        must=("sampling", "more varied"),
    ),
    Fact(
        id="temperature",
        ask=define("temperature", "the temperature setting")
        + (
            "What does a high temperature do?",
            "How does temperature change an answer?",
            "What does a low temperature do?",
            "Which temperature should I choose?",
        ),
        answers=(
            "Temperature sets how bold sampling is: logits are divided by it, so low values are safe and high values are wild.",
            "The temperature divides the logits before softmax. Below one the answers get more careful, above one more wild.",
        ),
        must=("temperature", "divide", "logits", "wild"),
        follow=(("Which value should I use?", "For facts and code stay between 0 and 0.3. For stories try 0.7 to 1."),),
    ),
    Fact(
        id="temperature-zero",
        ask=define("temperature zero", "a temperature of 0")
        + ("What happens at temperature zero?", "Why set the temperature to zero?", "Is temperature 0 random?"),
        answers=(
            "Temperature zero means greedy: the most likely token is always taken, so the same prompt gives the same answer on one setup.",
            "At temperature zero nothing is left to chance. The most likely token is always taken, as in greedy decoding.",
        ),
        must=("temperature zero", "most likely token"),
        follow=(
            (
                "Is it always the same?",
                "On one machine mostly yes. Another GPU or engine rounds differently and can flip a close choice.",
            ),
        ),
    ),
    Fact(
        id="top-p",
        ask=define("top-p", "nucleus sampling")
        + ("What does top-p do?", "How does top-p work?", "What does top-p 0.9 keep?"),
        answers=(
            "Top-p keeps the smallest set of likely tokens whose probabilities add up to at least p, and samples from them.",
            "With top-p, or nucleus sampling, only the most likely tokens that together reach the probability p are kept.",
        ),
        must=("top-p", "likely tokens"),
    ),
    Fact(
        id="top-k",
        ask=define("top-k", "top-k sampling")
        + ("What does top-k do?", "How does top-k work?", "What does top-k 40 keep?"),
        answers=(
            "Top-k keeps only the k tokens with the highest scores and samples from them. All others are cut off.",
            "With top-k a fixed number of best tokens, k of them, stays in the game. All others are cut off.",
        ),
        must=("top-k", "cut off"),
    ),
    Fact(
        id="top-p-vs-top-k",
        ask=compare("top-p", "top-k"),
        answers=(
            "Top-k keeps a fixed count of tokens, while top-p keeps as many as needed to reach a share of the probability.",
            "The count of tokens is fixed with top-k. With top-p it changes: few when the model is sure, many when it is not.",
        ),
        must=("top-k", "top-p", "count of tokens"),
    ),
    Fact(
        id="repetition-penalty",
        ask=define("a repetition penalty", "the repetition penalty")
        + (
            "How do I stop a model from repeating itself?",
            "Why does a model repeat itself?",
            "What does a repetition penalty do?",
        ),
        answers=(
            "A repetition penalty lowers the scores of tokens that were already used, so the model repeats itself less.",
            "The repetition penalty makes tokens that were already used less likely. Too much of it harms normal text.",
        ),
        must=("repetition penalty", "already used"),
    ),
    Fact(
        id="max-tokens",
        ask=define("max tokens", "the max tokens setting")
        + ("What does max tokens limit?", "Why is my answer cut off at max tokens?", "How do I set max tokens?"),
        answers=(
            "Max tokens is the upper limit for the length of an answer. The answer is cut there, even in the middle of a sentence.",
            "The max tokens setting is an upper limit on how many tokens an answer may have. It guards time and money.",
        ),
        must=("max tokens", "upper limit"),
    ),
    Fact(
        id="seed",
        ask=define("a seed", "a random seed")
        + ("Why set a seed?", "What does the seed do?", "How does a seed make an answer repeatable?"),
        answers=(
            "A seed is the start number of the random generator. The same seed, prompt and setup give the same sampled answer.",
            "A seed fixes the random generator, so sampling makes the same choices again. It helps to repeat a result.",
        ),
        must=("seed", "random generator"),
    ),
    Fact(
        id="stop-string",
        ask=define("a stop string", "a stop sequence")
        + ("What does a stop string do?", "When is a stop string useful?", "How do I set a stop string?"),
        answers=(
            "A stop string is a text at which generation ends as soon as the model writes it, for example a blank line.",
            "A stop string ends generation as soon as it appears in the answer. The string itself is usually not shown.",
        ),
        must=("stop string", "generation"),
    ),
    Fact(
        id="streaming",
        ask=define("streaming", "a streamed answer")
        + ("Why is an answer streamed?", "How does streaming work?", "Does streaming make a model faster?"),
        answers=(
            "Streaming shows each part of the answer as soon as it is made. The total time stays the same, but you can read at once.",
            "With streaming the answer appears as soon as its tokens are made, so you read while the model still writes.",
        ),
        must=("streaming", "answer", "as soon as it"),
        follow=(("Is it faster?", "The total time is the same, but the wait before the first word is much shorter."),),
    ),
    Fact(
        id="speculative-decoding",
        ask=define("speculative decoding", "a draft model")
        + (
            "How does speculative decoding work?",
            "Why is speculative decoding faster?",
            "What does a draft model do in speculative decoding?",
        ),
        answers=(
            "In speculative decoding a small draft model guesses several tokens, and the large model checks them in one pass.",
            "Speculative decoding lets a small draft model run ahead. The large model checks its guesses together and keeps the right ones.",
        ),
        must=("speculative decoding", "small draft model", "large model checks"),
        follow=(
            (
                "Does it change the answer?",
                "No, if done right. Each guess is checked, so the result follows the large model.",
            ),
        ),
    ),
    Fact(
        id="batch",
        ask=define("a batch", "batching")
        + ("Why do servers use a batch?", "What does batch size mean?", "How does batching help a server?"),
        answers=(
            "A batch is a group of requests that go through the model together, so each weight that is read serves all of them.",
            "Batching runs several requests together in one batch. The total speed rises, since the weights are read once for all.",
        ),
        must=("batch", "requests", "together"),
    ),
    Fact(
        id="different-answers",
        ask=why("the same prompt gives different answers", "I get another answer each time")
        + (
            "Why do I get a different answer each time?",
            "Why is the answer not the same every time?",
            "Can the same prompt give two different answers?",
        ),
        answers=(
            "Answers differ because sampling draws each token by chance. Use temperature zero or a fixed seed for a stable answer.",
            "Sampling draws each token by chance, so two runs part ways. For a stable answer use temperature zero or fix the seed.",
        ),
        must=("by chance", "stable answer"),
    ),
    Fact(
        id="reasoning-model",
        ask=define("a reasoning model", "a thinking model")
        + (
            "Why does a reasoning model think before it answers?",
            "What are thinking tokens?",
            "When is a reasoning model worth it?",
        ),
        answers=(
            "A reasoning model writes hidden or visible steps before its answer. That helps with hard tasks but costs tokens and time.",
            "A reasoning model thinks in steps before it answers. Hard tasks go better, but the extra tokens cost time and money.",
        ),
        must=("reasoning model", "steps before"),
    ),
    Fact(
        id="memory-needed",
        ask=(
            "How much memory does a model need to run?",
            "How much GPU memory does a model need?",
            "How much memory do I need for a model?",
            "What takes memory when a model runs?",
            "What fills the GPU memory when a model runs?",
            "Which parts of a model take memory?",
            "Will a model fit in my memory?",
            "Does this model fit in my GPU memory?",
            "How do I know if a model fits in memory?",
            "How do I work out the memory for a model?",
            "Tell me how much memory a model takes.",
            "Explain how much memory a model needs.",
            "Why does a model need more memory than its file size?",
        ),
        answers=(
            "A running model needs memory for its weights, for the KV cache and for work buffers. Weights are usually the largest part.",
            "Add up the weights, the KV cache and some work buffers. The sum must fit in memory, with room to spare.",
        ),
        must=("weights", "kv cache", "work buffers"),
    ),
)
