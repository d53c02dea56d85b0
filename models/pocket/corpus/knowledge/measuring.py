"""Facts about speed and quality measurement. What OpenTab shows is defined here as its screens define it."""

from __future__ import annotations

from corpus.knowledge.fact import Fact, define
from corpus.knowledge.phrasing import compare, why

FACTS: tuple[Fact, ...] = (
    Fact(
        id="ttft",
        ask=define("TTFT", "time to first token")
        + (
            "How is TTFT measured?",
            "What does TTFT stand for?",
            "How long until the first token?",
            "What is a good TTFT?",
        ),
        answers=(
            "TTFT, time to first token, is the time from handing the prompt to the loaded model to the first token that arrives.",
            "TTFT means time to first token: the loaded model gets the prompt, and this is how long it takes until a token arrives.",
        ),
        must=("time to first token", "loaded model", "arrives"),
        follow=(
            (
                "Why does that matter?",
                "It is the wait for a loaded model that a person feels before anything happens. Long prompts make it longer.",
            ),
            ("What makes it long?", "A long prompt, slow prefill, and for an API also the network and the queue."),
        ),
    ),
    Fact(
        id="tpot",
        ask=define("TPOT", "time per output token")
        + (
            "How is TPOT computed?",
            "What does TPOT stand for?",
            "How long does one output token take?",
            "What is the formula for TPOT?",
        ),
        answers=(
            "TPOT, time per output token, is the end-to-end latency minus TTFT, divided by the number of output tokens minus one.",
            "TPOT means time per output token after the first: end-to-end latency minus TTFT, divided by n minus one tokens.",
        ),
        must=("time per output token", "minus ttft"),
        follow=(
            ("Why minus one?", "The first token belongs to TTFT. Only the n minus one later tokens are counted."),
            (
                "How do I get tokens per second from it?",
                "The decode rate is one divided by TPOT. 20 ms per token is 50 tokens per second.",
            ),
        ),
    ),
    Fact(
        id="ttft-vs-tpot",
        ask=compare("TTFT", "TPOT"),
        answers=(
            "TTFT is the wait before the first token, and TPOT is the time for each token after it.",
            "The wait before the first token is TTFT. How fast the rest of the answer flows is told by TPOT.",
        ),
        must=("the wait before the first token", "tpot"),
    ),
    Fact(
        id="prefill-rate",
        ask=define("the prefill rate", "prefill speed")
        + (
            "How is the prefill rate measured?",
            "How fast does a model read the prompt?",
            "In which unit is the prefill rate given?",
        ),
        answers=(
            "The prefill rate is the number of uncached prompt tokens divided by the time of prefill, in tokens per second.",
            "The prefill rate says how fast a prompt is read: uncached prompt tokens divided by the prefill time.",
        ),
        must=("prefill rate", "uncached prompt tokens"),
        follow=(
            (
                "Why only uncached tokens?",
                "Tokens that come from a prompt cache were not computed again, so counting them would flatter the result.",
            ),
        ),
    ),
    Fact(
        id="decode-rate",
        ask=define("the decode rate", "decode speed")
        + (
            "How is the decode rate measured?",
            "How fast does a model write the answer?",
            "In which unit is the decode rate given?",
        ),
        answers=(
            "The decode rate is one divided by TPOT: how many tokens per second the model writes after the first one.",
            "The decode rate tells how many tokens the model writes per second. It is one divided by TPOT.",
        ),
        must=("decode rate", "one divided by tpot", "writes"),
        follow=(
            (
                "What is a good value?",
                "People read about 5 to 10 tokens per second, so 20 or more feels fast in a chat.",
            ),
            ("What limits it?", "Mostly memory bandwidth, and for tiny models the time to start each GPU step."),
        ),
    ),
    Fact(
        id="tokens-per-second",
        ask=define("tokens per second", "tok/s")
        + (
            "How many tokens per second are good?",
            "How many tokens per second feel fast?",
            "What does tokens per second tell me?",
        ),
        answers=(
            "Tokens per second, or tok/s, is the speed of a model. State whether it means reading the prompt or writing the answer.",
            "Tok/s is short for tokens per second, the speed of a model. Prefill and decode have one figure each.",
        ),
        must=("tokens per second", "tok/s", "the speed of a model"),
    ),
    Fact(
        id="icl",
        ask=define("inter-chunk latency", "ICL")
        + ("How is inter-chunk latency measured?", "What does ICL stand for?", "What does inter-chunk latency show?"),
        answers=(
            "Inter-chunk latency, or ICL, is the gap between two deliveries of a streamed answer, in milliseconds.",
            "ICL is inter-chunk latency: the gap from one delivery to the next. Its percentiles show whether the stream stutters.",
        ),
        must=("inter-chunk latency", "gap"),
        follow=(
            (
                "Why is it not called ITL?",
                "Because a chunk is not always one token. It may hold several of them, or none.",
            ),
            (
                "Which percentiles are shown?",
                "p50, p95 and p99: the middle, the slow tail and the worst one in a hundred.",
            ),
        ),
    ),
    Fact(
        id="icl-vs-tpot",
        ask=compare("ICL", "TPOT")
        + ("Why is inter-chunk latency not called inter-token latency?", "Why does OpenTab say ICL and not ITL?"),
        answers=(
            "ICL looks at each gap between chunks, and a chunk is not always one token. TPOT is an average per token.",
            "TPOT is an average per token over the answer. ICL keeps every gap, and a chunk is not always one token.",
        ),
        must=("a chunk is not always one token", "average"),
    ),
    Fact(
        id="percentile",
        ask=define("a percentile")
        + (
            "Why report percentiles?",
            "What are percentiles?",
            "How do I read a percentile?",
            "How is a percentile computed?",
        ),
        answers=(
            "A percentile is the value below which a given share of all samples lies. The 95th has 95 percent below it.",
            "A percentile cuts sorted samples at a given share, such as 95 percent. Percentiles show slow cases that an average hides.",
        ),
        must=("a percentile", "given share"),
    ),
    Fact(
        id="p50",
        ask=define("p50", "the p50 latency") + ("What does p50 tell me?", "Is p50 the median?", "How do I read p50?"),
        answers=(
            "p50 is the 50th percentile, which is the median: half of all samples are faster and half are slower.",
            "p50 is the median, the middle sample. Half of the samples lie below it and half above.",
        ),
        must=("p50 is the", "median"),
    ),
    Fact(
        id="p95",
        ask=define("p95", "the p95 latency") + ("What does p95 tell me?", "How do I read p95?", "Why look at p95?"),
        answers=(
            "p95 is the 95th percentile: 95 percent of the samples are faster, and one in twenty is slower.",
            "p95 is the value that one in twenty samples is slower than. It shows the slow tail.",
        ),
        must=("p95", "one in twenty"),
    ),
    Fact(
        id="p99",
        ask=define("p99", "the p99 latency") + ("What does p99 tell me?", "How do I read p99?", "Why look at p99?"),
        answers=(
            "p99 is the 99th percentile: 99 percent of the samples are faster, and only one in a hundred is slower.",
            "p99 is the value that only one in a hundred samples is slower than. It shows the worst stutters.",
        ),
        must=("p99", "one in a hundred"),
    ),
    Fact(
        id="e2el",
        ask=define("end-to-end latency", "E2EL")
        + ("How is end-to-end latency measured?", "What does E2EL stand for?", "How long does a whole answer take?"),
        answers=(
            "End-to-end latency, or E2EL, is the time from handing the prompt to the loaded model to the last piece of text.",
            "E2EL is end-to-end latency, the whole time of a request until the last piece of text, without waiting for a turn and loading.",
        ),
        must=("end-to-end latency", "the last piece of text"),
    ),
    Fact(
        id="warm-up",
        ask=define("a warm-up run", "warm-up")
        + ("Why does a benchmark need a warm-up?", "When does a warm-up end?", "How long should a warm-up last?"),
        answers=(
            "A warm-up runs the model before measuring, because the first runs compile GPU code and are slower. It is not counted.",
            "A warm-up is repeated until two runs in a row agree within 5 percent. It is not counted in the result.",
        ),
        must=("warm-up", "not counted"),
        follow=(("When is it over?", "When two repetitions in a row agree within 5 percent."),),
    ),
    Fact(
        id="cold-load",
        ask=define("a cold load", "a cold start")
        + ("Why is a cold load slow?", "What happens in a cold load?", "What does a cold load include?"),
        answers=(
            "A cold load starts with nothing stored: the model is downloaded, checked, sent to the GPU and compiled. It is reported apart.",
            "A cold load is the first load, with the full download of the model and the compiling of GPU code.",
        ),
        must=("a cold load", "download", "compil"),
    ),
    Fact(
        id="warm-load",
        ask=define("a warm load", "a warm start")
        + ("Why is a warm load fast?", "What happens in a warm load?", "How fast is a warm load?"),
        answers=(
            "A warm load takes the model from browser storage and skips the network, so it lasts seconds and not minutes.",
            "In a warm load the files are read from browser storage. It skips the network and only uploads and compiles.",
        ),
        must=("a warm load", "skips the network"),
    ),
    Fact(
        id="median",
        ask=define("the median", "a median")
        + ("How is the median found?", "How do I compute a median?", "Why use the median for speed?"),
        answers=(
            "The median is the middle value when all samples are sorted. Half of them are smaller and half are larger.",
            "To find the median sort all samples and take the middle value. One very slow run hardly moves it.",
        ),
        must=("median", "middle value"),
    ),
    Fact(
        id="median-vs-mean",
        ask=compare("the median", "the mean")
        + ("Should I report the median or the mean?", "Is the median better than the mean?"),
        answers=(
            "One odd run can pull the mean far away, while the median hardly moves. Honest reports show both.",
            "The mean adds all samples and divides, so one odd run changes it. The median hardly moves.",
        ),
        must=("mean", "one odd run", "median hardly moves"),
    ),
    Fact(
        id="standard-deviation",
        ask=define("the standard deviation", "a standard deviation")
        + (
            "How is the standard deviation computed?",
            "What does the standard deviation show?",
            "Why report the standard deviation?",
        ),
        answers=(
            "The standard deviation says how far samples usually lie from their mean. A small one means that the runs agree.",
            "To get the standard deviation, sum the squared distances from the mean, divide by n minus one and take the root.",
        ),
        must=("standard deviation", "from the"),
    ),
    Fact(
        id="confidence-interval",
        ask=define("a confidence interval", "the CI95")
        + (
            "What does a 95 percent confidence interval mean?",
            "How do I read a confidence interval?",
            "How can a confidence interval get smaller?",
        ),
        answers=(
            "A confidence interval is a range made so that in 95 of 100 such experiments it holds the true mean.",
            "A CI95, or 95 percent confidence interval, is a range that should hold the true mean. More runs make it smaller.",
        ),
        must=("confidence interval", "hold", "true mean"),
        follow=(
            (
                "What if two of them overlap a lot?",
                "Then the runs do not prove a difference. Repeat more often before you call one faster.",
            ),
        ),
    ),
    Fact(
        id="cv",
        ask=define("the coefficient of variation", "the CV")
        + ("How is the coefficient of variation computed?", "What does CV stand for?", "Which CV is too high?"),
        answers=(
            "The coefficient of variation, or CV, is the standard deviation divided by the mean. OpenTab flags a CV above 10 percent.",
            "CV means coefficient of variation: the standard deviation as a percent of the mean. Above 10 percent a result is flagged.",
        ),
        must=("coefficient of variation", "10 percent"),
        follow=(
            (
                "What should I do if it is high?",
                "Close other programs, plug in the power, let the machine cool down and run again.",
            ),
        ),
    ),
    Fact(
        id="why-repeat",
        ask=why("a benchmark repeats its runs", "one benchmark run is not enough")
        + (
            "Why do benchmarks repeat?",
            "How many repetitions does a benchmark need?",
            "How often should I repeat a benchmark?",
        ),
        answers=(
            "One run can be lucky or disturbed. OpenTab repeats at least 5 times, or 10 for a published result, and shows the spread.",
            "Repeats show the spread, since a single run can be lucky. Use at least 5 repetitions, and 10 to publish.",
        ),
        must=("spread", "lucky", "at least 5"),
        follow=(
            (
                "Which numbers are reported?",
                "Every sample, the median, the mean, the standard deviation, the CI95 and the CV.",
            ),
        ),
    ),
    Fact(
        id="void-run",
        ask=define("a void run", "an interrupted run")
        + ("When is a benchmark run void?", "What makes a run void?", "Which events void a benchmark run?"),
        answers=(
            "A run is void if something disturbed it: the tab was hidden, the machine slept or the GPU was lost.",
            "A void run was disturbed, for example because the machine slept or the GPU was lost. It is never averaged.",
        ),
        must=("void", "the machine slept", "lost"),
    ),
    Fact(
        id="mbu",
        ask=define("MBU", "memory bandwidth utilization")
        + ("How is MBU computed?", "What does MBU stand for?", "Which MBU is good?", "What does a low MBU mean?"),
        answers=(
            "MBU is the share of the memory bandwidth that decode uses: bytes per token divided by TPOT and by the bandwidth.",
            "MBU, memory bandwidth utilization, is bytes per token over TPOT, as a share of the bandwidth of the GPU.",
        ),
        must=("mbu", "bytes per token", "share"),
        follow=(
            (
                "What is a good value?",
                "The closer to 100 percent, the better the engine uses the memory. Native engines usually come closer than browsers.",
            ),
        ),
    ),
    Fact(
        id="bandwidth-bound",
        ask=why("decode is limited by memory bandwidth", "decode is bandwidth-bound")
        + ("What limits decode speed?", "Why is decode memory bound?", "What does bandwidth-bound mean?"),
        answers=(
            "For each new token all active weights are read from memory, and little is computed with them. So memory bandwidth limits decode.",
            "Decode reads all active weights for a single token, so the GPU waits for memory. That is called bandwidth-bound.",
        ),
        must=("all active weights", "memory", "decode"),
        follow=(
            ("How can it get faster?", "Use fewer bytes per token: a smaller model or a lower precision such as q4."),
        ),
    ),
    Fact(
        id="compute-bound",
        ask=why("prefill is limited by computing", "prefill is compute-bound")
        + ("What limits prefill speed?", "Why is prefill compute bound?", "What does compute-bound mean?"),
        answers=(
            "Prefill uses each weight for many prompt tokens at once, so arithmetic is the limit. That is called compute-bound.",
            "Compute-bound means that arithmetic is the limit. Prefill is so, since one read of a weight serves many tokens.",
        ),
        must=("arithmetic is the limit", "compute-bound"),
    ),
    Fact(
        id="sustained-ratio",
        ask=define("the sustained ratio")
        + (
            "How is the sustained ratio measured?",
            "What does a low sustained ratio mean?",
            "Why measure a sustained ratio?",
            "What is a good sustained ratio?",
        ),
        answers=(
            "The sustained ratio is the decode rate in the last minute divided by that in the first 30 seconds of a long run.",
            "The sustained ratio compares the last minute of a long run with its first 30 seconds. 100 percent means no slowdown.",
        ),
        must=("sustained ratio", "last minute"),
    ),
    Fact(
        id="pp",
        ask=define("pp512", "pp128")
        + ("What does pp stand for?", "How do I read pp512?", "What does the pp test measure?"),
        answers=(
            "pp stands for prompt processing: pp512 measures how fast a prompt of 512 tokens is read, in tokens per second.",
            "pp is short for prompt processing, which is prefill. The number after it, as in pp512, is the prompt length in tokens.",
        ),
        must=("prompt processing", "pp512"),
    ),
    Fact(
        id="tg",
        ask=define("tg128", "the tg test")
        + ("What does tg stand for?", "How do I read tg128?", "What does tg128 measure?"),
        answers=(
            "tg stands for text generation: tg128 measures how fast 128 tokens are written, one after another, in tokens per second.",
            "tg is short for text generation, which is decode. The number after it, as in tg128, says how many tokens are written.",
        ),
        must=("text generation", "tg128"),
    ),
    Fact(
        id="depth",
        ask=define("depth in a benchmark", "the depth d of a test")
        + (
            "What does depth 2048 mean?",
            "Why measure speed at depth 2048?",
            "What does the at sign mean in tg128 @ 2048?",
        ),
        answers=(
            "Depth is the number of tokens that already lie in the KV cache when a test starts. Speed drops with depth.",
            "A test at depth 2048 starts with 2048 tokens already in the KV cache, since long chats are slower than fresh ones.",
        ),
        must=("depth", "already", "kv cache"),
    ),
    Fact(
        id="token-units",
        ask=why(
            "tokens of different tokenizers are not the same unit",
            "tokens per second of two models cannot be compared directly",
        )
        + (
            "Can I compare tokens per second between models?",
            "Are tokens of different models the same unit?",
            "Is a token the same unit for every model?",
        ),
        answers=(
            "Each tokenizer cuts the same text into a different number of tokens. Compare characters per second across models.",
            "The same text gives more tokens with one tokenizer than with another, so characters per second are the fair measure.",
        ),
        must=("tokenizer", "same text", "characters per second"),
    ),
    Fact(
        id="characters-per-second",
        ask=define("characters per second")
        + (
            "Why show characters per second?",
            "When is speed shown in characters per second?",
            "What are characters per second good for?",
        ),
        answers=(
            "Characters per second counts the letters and signs that arrive in a second. It is fair between models and needs no token count.",
            "Characters per second is the speed of the text itself. OpenTab can show it even where tokens were not counted.",
        ),
        must=("characters per second", "count", "is "),
    ),
    Fact(
        id="perplexity",
        ask=define("perplexity", "PPL")
        + ("How is perplexity computed?", "Is a low perplexity good?", "How do I read perplexity?"),
        answers=(
            "Perplexity says how surprised a model is by a text: it is e to the power of the mean loss. Lower is better.",
            "Perplexity is e to the power of the mean loss per token. A value of 8 is like guessing among 8 equal options.",
        ),
        must=("perplexity", "mean loss"),
        follow=(
            (
                "Can I compare it between models?",
                "Only with the same tokenizer and the same text. Otherwise the numbers mean different things.",
            ),
        ),
    ),
    Fact(
        id="kld",
        ask=define("KL divergence", "KLD")
        + ("How is KL divergence measured?", "What does KL divergence show?", "What does KLD stand for?"),
        answers=(
            "KL divergence, or KLD, measures how far the probabilities of one model are from those of a reference. Zero means equal.",
            "KLD is the KL divergence of a model from its reference at each token, on average, in nats. Zero means equal.",
        ),
        must=("kl divergence", "reference", "zero means equal"),
        follow=(
            (
                "What is a good value?",
                "It depends on the model: often about 0.001 at 8 bits and below 0.1 at 4 bits. Far above that damage is easy to see.",
            ),
            (
                "Why not use perplexity only?",
                "Perplexity looks at one token per place. KL divergence compares all probabilities and sees smaller damage.",
            ),
        ),
    ),
    Fact(
        id="same-top",
        ask=define("same-top", "the same-top score")
        + ("How is same-top measured?", "What does same-top show?", "How do I read same-top?"),
        answers=(
            "Same-top is the share of positions at which two versions of a model agree on the most likely token.",
            "Same-top counts how often a quantized model and its reference agree on the most likely token, in percent.",
        ),
        must=("same-top", "agree on the most likely token"),
    ),
    Fact(
        id="correctness-gate",
        ask=define("the correctness gate", "the self-check")
        + (
            "What does the correctness gate check?",
            "Why is there a correctness gate?",
            "How does the correctness gate work?",
            "What does the self-check of a lane do?",
            "How does the self-check work?",
            "How do I know that my GPU computes correctly?",
            "What does Verified mean at a lane?",
            "What does Suspect mean at a lane?",
        ),
        answers=(
            "The self-check, or correctness gate, runs fixed tokens on the GPU and the CPU. Both must choose alike at 90 percent of the positions or more.",
            "The correctness gate, or self-check, compares the GPU with the CPU on fixed tokens. Below 90 percent of equal choices the GPU is suspect.",
        ),
        must=("self-check", "correctness gate", "fixed tokens", "90 percent"),
        follow=(
            (
                "Why does that matter?",
                "Some GPUs compute wrong results without any error. A fast wrong answer is worth nothing.",
            ),
            (
                "When does it run?",
                "After the first load of a model on a GPU, when nothing answers. A benchmark runs it before it measures.",
            ),
        ),
    ),
    Fact(
        id="interleaving",
        ask=why("compared runs are interleaved", "a benchmark runs A B A B and not A A B B")
        + (
            "What does A B A B mean in a benchmark?",
            "What is interleaving in a benchmark?",
            "How does interleaving make a comparison fair?",
        ),
        answers=(
            "Taking turns, A B A B, spreads heat and other slow changes over both sides, so that neither one is favored.",
            "With A B A B heat and other slow changes hit both sides alike. With A A B B the second side would suffer.",
        ),
        must=("a b a b", "both sides"),
    ),
    Fact(
        id="latency-vs-throughput",
        ask=compare("latency", "throughput"),
        answers=(
            "Latency is how long one answer takes. Throughput is how many tokens are made per second in all.",
            "Throughput counts all tokens per second, over every user. Latency is the wait of a single one.",
        ),
        must=("latency is", "throughput"),
    ),
)
