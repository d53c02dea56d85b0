"""Facts about number formats, quantization and the size of a model."""

from __future__ import annotations

from corpus.knowledge.fact import Fact, define
from corpus.knowledge.phrasing import compare, why

FACTS: tuple[Fact, ...] = (
    Fact(
        id="quantization",
        ask=define("quantization", "a quantized model")
        + ("How does quantization work?", "What happens to weights in quantization?", "What does quantization do?"),
        answers=(
            "Quantization stores the weights of a model with fewer bits, for example 4 instead of 16. The model gets smaller.",
            "Quantization rounds the weights of a model to a few levels, so that each one needs fewer bits.",
        ),
        must=("quantization", "weights", "fewer bits"),
        follow=(
            ("Why does that matter?", "A smaller model loads sooner, fits into less memory and decodes faster."),
            ("Can I undo it?", "No. The rounding loses detail for good. Load the original weights to get it back."),
        ),
    ),
    Fact(
        id="why-quantize",
        ask=why("models are quantized", "people quantize a model")
        + ("Why quantize a model?", "Why is quantization useful?", "What do I gain from quantization?"),
        answers=(
            "A quantized model downloads sooner, needs less memory and decodes faster, because fewer bytes are read per token.",
            "You gain a shorter download, less memory and faster decode. Fewer bytes per token is what makes a large model fit.",
        ),
        must=("download", "less memory", "fewer bytes"),
    ),
    Fact(
        id="quantization-cost",
        ask=(
            "What does quantization cost?",
            "What do I lose with quantization?",
            "What is the price of quantization?",
            "Does quantization make a model worse?",
            "Does quantization hurt quality?",
            "How much quality does quantization cost?",
            "How much worse is a quantized model?",
            "Is a quantized model less accurate?",
            "What is the downside of quantization?",
            "What are the drawbacks of quantization?",
            "How bad is quantization for the answers?",
            "Tell me what quantization costs.",
            "Explain the quality loss from quantization.",
            "How do I see the damage from quantization?",
        ),
        answers=(
            "Rounding errors cost some quality: almost none at 8 bits, a little at 4 bits and a lot at 2 bits.",
            "Quality drops with the bits: hardly at 8 bits, a little at 4 bits and clearly at 2 bits.",
        ),
        must=("quality", "a little at 4 bits"),
        follow=(
            (
                "How is it measured?",
                "By KL divergence and same-top against the highest precision, and by right answers on exact tasks.",
            ),
            (
                "Are small models hurt more?",
                "Usually yes. A small model has less to spare, so the same rounding shows sooner.",
            ),
        ),
    ),
    Fact(
        id="precision",
        ask=define("precision in a model", "the precision of a model")
        + (
            "Which precisions are there?",
            "What does a lower precision change?",
            "Why does a model come in several precisions?",
        ),
        answers=(
            "The precision of a model is how many bits store each weight: fp32, fp16, q8, q4 or q2, from exact to small.",
            "Precision means bits per number. Usual steps are fp32, fp16, q8, q4 and q2, each about half of the one before.",
        ),
        must=("precision", "fp32, fp16, q8, q4"),
    ),
    Fact(
        id="fp32",
        ask=define("fp32", "32-bit floating point")
        + ("How many bytes does fp32 need?", "When is fp32 used?", "How large is a model in fp32?"),
        answers=(
            "fp32 is a number format with 32 bits, which is 4 bytes per weight. It is the exact reference and the largest.",
            "fp32 stores each number in 4 bytes. It is precise, but twice as large and slow to read as fp16.",
        ),
        must=("fp32", "4 bytes"),
    ),
    Fact(
        id="fp16",
        ask=define("fp16", "half precision")
        + ("How many bytes does fp16 need?", "When is fp16 used?", "How large is a model in fp16?"),
        answers=(
            "fp16 is a number format with 16 bits, which is 2 bytes per weight. Most models are published at this size.",
            "fp16, or half precision, stores each number in 2 bytes. Quality is nearly that of fp32 at half the size.",
        ),
        must=("fp16", "2 bytes"),
        follow=(
            (
                "Does every GPU run it?",
                "No. In a browser it needs the WebGPU feature shader-f16, which some GPUs lack.",
            ),
        ),
    ),
    Fact(
        id="q8",
        ask=define("q8", "8-bit quantization")
        + ("How many bits does q8 use?", "When should I choose q8?", "How good is q8?"),
        answers=(
            "q8 stores weights in 8 bits, about one byte each. It is hard to tell from the original in quality.",
            "q8 means 8-bit quantization, about one byte per weight. It halves fp16 and loses almost nothing.",
        ),
        must=("q8", "about one byte"),
    ),
    Fact(
        id="q4",
        ask=define("q4", "4-bit quantization")
        + ("How many bits does q4 use?", "When should I choose q4?", "How good is q4?"),
        answers=(
            "q4 stores weights in 4 bits, about half a byte each. It is the usual choice in a browser: small with little loss.",
            "q4 means 4-bit quantization, about half a byte per weight. Many people run local models this way.",
        ),
        must=("q4", "half a byte"),
    ),
    Fact(
        id="q2",
        ask=define("q2", "2-bit quantization")
        + ("How many bits does q2 use?", "When should I choose q2?", "How bad is q2?"),
        answers=(
            "q2 stores weights in 2 bits, so only four levels are left per block. The damage is easy to see in small models.",
            "q2 means 2-bit quantization with only four levels. It is tiny, but answers often go wrong.",
        ),
        must=("q2", "four levels"),
    ),
    Fact(
        id="q8-vs-q4",
        ask=compare("q8", "q4") + ("Should I choose q8 or q4?",),
        answers=(
            "q4 takes half the room of q8 and decodes faster, while q8 keeps more quality. Choose q8 if it fits with ease.",
            "q8 keeps more quality but takes twice the room of q4. If memory or speed is short, take q4.",
        ),
        must=("q8 keeps more quality", "the room of q"),
    ),
    Fact(
        id="block-scale",
        ask=define("a block scale", "a quantization block")
        + ("Why does quantization use a block scale?", "How does a block scale work?", "What are block scales for?"),
        answers=(
            "A block scale is one shared factor for a block of weights, often 32. Each weight is a small integer times that factor.",
            "Weights are grouped into blocks, often of 32. A block scale is the shared factor that turns the small integers into weights.",
        ),
        must=("block scale", "shared factor"),
        follow=(
            (
                "Why not one scale for all?",
                "One large weight would then make the steps coarse everywhere. Small blocks keep the error local.",
            ),
        ),
    ),
    Fact(
        id="dequantization",
        ask=define("dequantization", "dequantizing")
        + ("How does dequantization work?", "When does dequantization happen?", "Why is dequantization needed?"),
        answers=(
            "Dequantization turns stored small integers back into usual numbers by multiplying with their scale. GPUs do it while computing.",
            "In dequantization each small integer is multiplied by its scale just before it is used. The lost detail stays lost.",
        ),
        must=("dequantization", "scale", "integer"),
    ),
    Fact(
        id="bits-per-weight",
        ask=define("bits per weight", "bpw")
        + (
            "How many bits per weight does q4 have?",
            "Why are bits per weight not a whole number?",
            "How do I compute bits per weight?",
        ),
        answers=(
            "Bits per weight is the file size in bits divided by the number of weights. With scales q4 has about 4.5.",
            "Bits per weight counts the scales too, so a q4 file has about 4.5 and not 4.",
        ),
        must=("bits per weight", "q4 ", "has about 4.5"),
    ),
    Fact(
        id="model-size",
        ask=(
            "How do I estimate the size of a model?",
            "How large is a model file?",
            "How big is a model with 7 billion parameters?",
            "How many bytes does a model have?",
            "How do I compute the size of a model from its parameters?",
            "What is the formula for the size of a model?",
            "What is the size of a model in bytes?",
            "Tell me how to estimate the size of a model.",
            "Explain how to compute the file size of a model.",
            "How do parameters and bits give the model size?",
            "How many gigabytes is a 7B model?",
            "Can you estimate the download size of a model?",
            "What decides how large a model file is?",
            "Give me the rule for the size of a model.",
        ),
        answers=(
            "The size in bytes is the parameters times the bits per weight, divided by 8. At 4 bits 7 billion give 3.5 GB.",
            "Take parameters times bits, divided by 8. For example 7 billion parameters at 4 bits are about 3.5 GB.",
        ),
        must=("parameters", "divided by 8", "3.5 gb"),
        follow=(
            ("Is that all the memory it needs?", "No. Add the KV cache and some work buffers on top of the weights."),
        ),
    ),
    Fact(
        id="choose-precision",
        ask=(
            "Which precision should I choose?",
            "Which precision is best?",
            "What precision should I use?",
            "How do I choose a precision?",
            "How do I pick the right precision?",
            "Which quantization should I choose?",
            "Which quantization is best for me?",
            "Help me choose a precision.",
            "Tell me which precision to choose.",
            "Can you recommend a precision?",
            "What is the best precision for a browser?",
            "Which precision is a good start?",
            "How many bits should I choose?",
        ),
        answers=(
            "Start with q4, which is small and good enough for most tasks. Go up to q8 if memory allows and answers matter.",
            "Good advice is to start with q4 and compare it with q8 on your own prompts. Avoid 2 bits for real work.",
        ),
        must=("start with q4", "q8"),
    ),
    Fact(
        id="large-q4-vs-small-fp16",
        ask=compare("a large model at q4", "a small model at fp16")
        + ("Is a large model at q4 better than a small one at fp16?",),
        answers=(
            "At equal file size a larger model at 4 bits usually beats a smaller one at 16 bits. Check on your own task.",
            "Usually the larger model at 4 bits wins at equal file size, because it knows more than rounding takes away.",
        ),
        must=("at equal file size", "larger model at 4 bits"),
    ),
)
