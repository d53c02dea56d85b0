"""Facts about what a language model is made of and how it is trained."""

from __future__ import annotations

from corpus.knowledge.fact import Fact, define
from corpus.knowledge.phrasing import compare

FACTS: tuple[Fact, ...] = (
    Fact(
        id="language-model",
        ask=define("a language model", "an LLM")
        + ("How does a language model work?", "What does a language model do?", "What does LLM stand for?"),
        answers=(
            "A language model is a program that predicts the next token of a text. Doing this again and again writes an answer.",
            "A language model has learned from much text to predict the next token. An LLM is simply a large language model.",
        ),
        must=("language model", "predict", "the next token"),
        follow=(
            (
                "Does it think?",
                "It computes which token is likely to come next. Whether that is thinking is an open debate.",
            ),
            (
                "Where does its knowledge come from?",
                "From the text it was trained on. What it learned is stored in its weights.",
            ),
        ),
    ),
    Fact(
        id="parameter",
        ask=define("a parameter", "a model parameter")
        + (
            "What are parameters?",
            "What does 7B parameters mean?",
            "What does the B in 7B mean?",
            "Why count the parameters of a model?",
        ),
        answers=(
            "A parameter is one number inside a model that training has set. A 7B model has about seven billion of them.",
            "Parameters are the numbers that a model learned in training. The B in 7B means billion, so 7B is seven billion parameters.",
        ),
        must=("parameter", "billion", "training"),
        follow=(
            (
                "Are more always better?",
                "Often, but not always. A small, well trained model can beat a larger old one.",
            ),
            (
                "How much memory do they take?",
                "Parameters times bits per weight, divided by 8, gives the size in bytes.",
            ),
        ),
    ),
    Fact(
        id="weight",
        ask=define("a weight", "a model weight")
        + (
            "What are weights?",
            "What are model weights?",
            "What is in a weights file?",
            "What do the weights of a model hold?",
        ),
        answers=(
            "A weight is a number that a signal in the network is multiplied by. The weights hold all that the model learned.",
            "Weights are the numbers that inputs are multiplied by in each layer. They hold all that the model learned.",
        ),
        must=("weight", "multiplied by"),
    ),
    Fact(
        id="neural-network",
        ask=define("a neural network")
        + ("How does a neural network work?", "What are neural networks?", "What is a neural network made of?"),
        answers=(
            "A neural network is a chain of simple steps, matrix products and bends, whose weights are learned from examples.",
            "A neural network turns numbers into numbers through matrix products and simple bends, with weights learned from examples.",
        ),
        must=("neural network", "matrix products"),
    ),
    Fact(
        id="layer",
        ask=define("a layer", "a model layer")
        + ("What does a layer do?", "How many layers does a model have?", "What are layers in a model?"),
        answers=(
            "A layer is one block of the model, with attention and a feed-forward part. Models stack from a few to over a hundred.",
            "A layer is one block that refines the vectors of all tokens. Blocks are stacked, and each one works on the result below.",
        ),
        must=("a layer is one block", "stack"),
    ),
    Fact(
        id="transformer",
        ask=define("a transformer", "the transformer architecture")
        + ("How does a transformer work?", "Why are models built as a transformer?", "What are transformers made of?"),
        answers=(
            "A transformer is a network of stacked layers in which attention lets each token look at others. Most language models are one.",
            "A transformer is a stack of layers with attention and feed-forward parts. It handles all tokens of a prompt in parallel.",
        ),
        must=("a transformer is", "attention"),
    ),
    Fact(
        id="attention",
        ask=define("attention", "self-attention")
        + ("How does attention work?", "What does attention do in a model?", "Why do models use attention?"),
        answers=(
            "Attention lets each token look back at earlier tokens and take over what matters from them, with learned shares.",
            "With attention a token compares itself to earlier tokens and mixes in what matters most from each of them.",
        ),
        must=("attention", "earlier tokens", "what matters"),
        follow=(
            (
                "What does it cost?",
                "Each new token looks at all earlier ones, so a longer text means more work and more memory.",
            ),
        ),
    ),
    Fact(
        id="attention-head",
        ask=define("an attention head", "a head in attention")
        + ("What does an attention head do?", "Why are there many attention heads?", "What are attention heads?"),
        answers=(
            "An attention head is one of several attention units in a layer. Each head learns to look for its own kind of link.",
            "An attention head does attention on its own part of the vector. Several heads in one layer look for several links at once.",
        ),
        must=("attention head", "look for"),
    ),
    Fact(
        id="gqa",
        ask=define("grouped-query attention", "GQA")
        + ("Why use grouped-query attention?", "What does GQA save?", "How does grouped-query attention work?"),
        answers=(
            "In grouped-query attention several query heads share one pair of key and value heads, so the KV cache gets smaller.",
            "GQA, grouped-query attention, lets a group of query heads share keys and values. That cuts the KV cache and its traffic.",
        ),
        must=("grouped-query attention", "share"),
        follow=(
            (
                "Does it hurt quality?",
                "Only a little, while the cache gets several times smaller. That is why most new models use it.",
            ),
        ),
    ),
    Fact(
        id="causal-mask",
        ask=define("a causal mask", "causal attention")
        + ("Why is there a causal mask?", "What does the causal mask hide?", "Can a token look at later tokens?"),
        answers=(
            "A causal mask hides all later tokens, so each token can only look back. The model then cannot peek at the answer.",
            "Causal means that a token may look back but not ahead. The mask hides later tokens during training and prefill.",
        ),
        must=("causal", "hides", "look back"),
    ),
    Fact(
        id="embedding",
        ask=define("an embedding", "a token embedding")
        + ("What are embeddings?", "Why does a token need an embedding?", "What is the embedding table?"),
        answers=(
            "An embedding is a list of numbers that stands for a token. Tokens with similar meaning get similar lists.",
            "An embedding is a vector, a list of numbers, that stands for a token inside the model. The embedding table has one per token.",
        ),
        must=("embedding is", "list of numbers", "stands for a token"),
    ),
    Fact(
        id="logits",
        ask=define("a logit")
        + (
            "What are logits?",
            "Explain logits.",
            "What do the logits tell?",
            "What do people mean by logits?",
            "How are logits used?",
        ),
        answers=(
            "Logits are the raw scores that a model gives to every token of the vocabulary. Softmax turns them into probabilities.",
            "A logit is the raw score of one token before softmax. The logits of a step cover every token of the vocabulary.",
        ),
        must=("logit", "raw score"),
        follow=(
            ("How are they used?", "Softmax turns them into probabilities, and the next token is picked from those."),
        ),
    ),
    Fact(
        id="softmax",
        ask=define("softmax", "the softmax function")
        + ("What does softmax do?", "Why is softmax used?", "How does softmax work?"),
        answers=(
            "Softmax turns a list of scores into probabilities: all are positive, they add up to one, and higher scores get more.",
            "Softmax takes e to the power of each score and divides by the sum, so that the results add up to one.",
        ),
        must=("softmax", "add up to one"),
    ),
    Fact(
        id="rmsnorm",
        ask=define("RMSNorm", "RMS normalization")
        + ("What does RMSNorm do?", "Why does a model use RMSNorm?", "How does RMSNorm work?"),
        answers=(
            "RMSNorm divides a vector by its root mean square and scales it with learned weights. It keeps numbers in a stable range.",
            "RMSNorm keeps the numbers between layers in a stable range by dividing each vector by its root mean square.",
        ),
        must=("rmsnorm", "root mean square"),
    ),
    Fact(
        id="rope",
        ask=define("RoPE", "rotary position embedding")
        + ("How does RoPE work?", "Why does a model need RoPE?", "How does a model know the position of a token?"),
        answers=(
            "RoPE, the rotary position embedding, rotates queries and keys by an angle that grows with the position of the token.",
            "RoPE rotates parts of each query and key by the token position, so attention sees how far two tokens are apart.",
        ),
        must=("rope", "rotates"),
        follow=(
            (
                "Why does a model need that?",
                "Without it attention would see a bag of tokens and could not tell which one came first.",
            ),
        ),
    ),
    Fact(
        id="feed-forward",
        ask=define("a feed-forward layer", "the feed-forward part")
        + (
            "What does the feed-forward part do?",
            "Why does a model need a feed-forward part?",
            "What is the MLP in a model?",
        ),
        answers=(
            "The feed-forward part of a layer works on each token alone: it widens the vector, bends it and narrows it again.",
            "A feed-forward part, or MLP, widens the vector of each token, bends it and narrows it. It holds most of the weights.",
        ),
        must=("feed-forward", "widens the vector"),
    ),
    Fact(
        id="swiglu",
        ask=define("SwiGLU", "the SwiGLU activation")
        + ("How does SwiGLU work?", "Why do models use SwiGLU?", "What does SwiGLU do?"),
        answers=(
            "SwiGLU is a gated feed-forward part: one product passes through the SiLU curve and acts as a gate for a second one.",
            "SwiGLU multiplies two products of the input, one of them bent by the SiLU curve and used as a gate.",
        ),
        must=("swiglu", "gate", "silu"),
    ),
    Fact(
        id="residual",
        ask=define("a residual connection", "the residual stream")
        + (
            "What does a residual connection do?",
            "Why do layers have a residual connection?",
            "What are residual connections for?",
        ),
        answers=(
            "A residual connection adds the input of a block to its output, so each block only learns a small change.",
            "With a residual connection a block adds its result to what came in. That keeps deep stacks easy to train.",
        ),
        must=("residual connection", "adds"),
    ),
    Fact(
        id="tied-embedding",
        ask=define("a tied embedding", "weight tying")
        + (
            "Why tie the embedding and the output head?",
            "What does a tied embedding save?",
            "What are tied embeddings?",
        ),
        answers=(
            "With a tied embedding the same table turns tokens into vectors and vectors into logits, which saves many weights.",
            "A tied embedding is one table used twice, at the input and at the output. It saves a large part of a small model.",
        ),
        must=("tied embedding", "table", "saves"),
    ),
    Fact(
        id="llama-architecture",
        ask=define("the Llama architecture")
        + (
            "What is special about the Llama architecture?",
            "Which parts does the Llama architecture have?",
            "What are models of the Llama architecture made of?",
        ),
        answers=(
            "The Llama architecture is a decoder transformer with RMSNorm, RoPE and SwiGLU. Many open models use this design.",
            "A model of the Llama architecture is a transformer built from RMSNorm, RoPE and SwiGLU, often with grouped-query attention.",
        ),
        must=("llama architecture", "rmsnorm"),
    ),
    Fact(
        id="moe",
        ask=define("a mixture of experts", "an MoE model")
        + (
            "How does a mixture of experts work?",
            "Why use a mixture of experts?",
            "What does MoE stand for?",
            "Does an MoE model use all its weights?",
        ),
        answers=(
            "A mixture of experts, or MoE, has many feed-forward parts and uses only a few of them for each token.",
            "In a mixture of experts a small gate picks a few experts for each token. All must be stored, but only a few are read.",
        ),
        must=("mixture of experts", "for each token", "few"),
        follow=(
            (
                "Does that save memory?",
                "No. All experts must be stored. It saves reading and computing for each token.",
            ),
        ),
    ),
    Fact(
        id="training",
        ask=define("training", "training a model")
        + ("How is a model trained?", "How does training work?", "What happens when a model is trained?"),
        answers=(
            "Training shows a model much text, measures how wrong its predictions are and changes each weight a little to do better.",
            "In training a model predicts, the error is measured, and each weight is changed a little. This is repeated millions of times.",
        ),
        must=("training", "weight", "a little", "measure"),
    ),
    Fact(
        id="gradient-descent",
        ask=define("gradient descent", "a gradient")
        + (
            "How does gradient descent work?",
            "How does gradient descent change the weights?",
            "Why is gradient descent used?",
        ),
        answers=(
            "Gradient descent moves every weight a small step in the direction that lowers the loss. The gradient is that direction.",
            "The gradient says how the loss changes with each weight. Gradient descent takes a small step downhill, over and over.",
        ),
        must=("gradient descent", "small step"),
    ),
    Fact(
        id="loss",
        ask=define("the loss", "training loss")
        + (
            "What does the loss measure?",
            "How is the loss of a model computed?",
            "Is a low loss good?",
            "Why watch the loss?",
        ),
        answers=(
            "The loss is a number that says how wrong the predictions of a model are. Training tries to make it small.",
            "The loss is minus the log of the probability given to the right token, on average. It says how wrong the model is.",
        ),
        must=("the loss is", "how wrong"),
    ),
    Fact(
        id="overfitting",
        ask=define("overfitting")
        + (
            "How do I see overfitting?",
            "Why is overfitting bad?",
            "When does a model overfit?",
            "How can overfitting be avoided?",
        ),
        answers=(
            "Overfitting means that a model learned its training examples by heart and does worse on text it has not seen.",
            "A model is overfitting when it knows its training text by heart and does badly on text it has not seen.",
        ),
        must=("overfitting", "by heart", "has not seen"),
        follow=(
            (
                "How is it detected?",
                "Keep some examples out of training and test on them. A large gap between the two scores shows it.",
            ),
        ),
    ),
    Fact(
        id="held-out",
        ask=define("a held-out test", "held-out data")
        + ("Why keep held-out examples?", "What is a held-out set for?", "Why are some questions held out?"),
        answers=(
            "Held-out examples are kept away from training and used only for tests, so the score shows skill and not memory.",
            "A held-out test uses examples that were kept away from training. A good score there shows that the model can generalize.",
        ),
        must=("held-out", "kept away from training"),
    ),
    Fact(
        id="pre-training",
        ask=define("pre-training")
        + (
            "What happens in pre-training?",
            "Why is pre-training expensive?",
            "What does a model learn in pre-training?",
            "How long does pre-training take?",
        ),
        answers=(
            "Pre-training is the first and longest training, in which a model learns to predict the next token on huge amounts of text.",
            "In pre-training a model reads huge amounts of text and learns language and facts. It takes most of the computing time.",
        ),
        must=("pre-training", "huge amounts of text"),
    ),
    Fact(
        id="fine-tuning",
        ask=define("fine-tuning", "finetuning")
        + ("How does fine-tuning work?", "Why fine-tune a model?", "What is fine-tuning good for?"),
        answers=(
            "Fine-tuning trains a finished model a bit more on a small set of examples, to teach a task or a style.",
            "Fine-tuning takes a model that is already trained and goes on with a small set of examples of the wanted task.",
        ),
        must=("fine-tuning", "small set of examples"),
        follow=(
            (
                "Can I do it in a browser?",
                "OpenTab only runs models. Fine-tuning is done with training tools on a strong GPU.",
            ),
        ),
    ),
    Fact(
        id="lora",
        ask=define("LoRA", "low-rank adaptation") + ("How does LoRA work?", "Why use LoRA?", "What does LoRA save?"),
        answers=(
            "LoRA, low-rank adaptation, keeps the model frozen and trains two small matrices beside each large one.",
            "LoRA is a cheap way of fine-tuning: the weights stay frozen and only small added matrices are trained.",
        ),
        must=("lora", "frozen", "matrices"),
    ),
    Fact(
        id="distillation",
        ask=define("distillation", "knowledge distillation")
        + ("How does distillation work?", "Why distill a model?", "What is distillation good for?"),
        answers=(
            "Distillation trains a small student model to copy the outputs of a large teacher model.",
            "In distillation a small student learns from the answers or probabilities of a large teacher, so it gets better than alone.",
        ),
        must=("distillation", "student", "teacher"),
    ),
    Fact(
        id="base-model",
        ask=define("a base model")
        + (
            "What does a base model do with a question?",
            "Can I chat with a base model?",
            "When is a base model useful?",
            "What are base models?",
        ),
        answers=(
            "A base model has only been pre-trained. It continues text and may answer a question with more questions.",
            "A base model continues text as it was seen in pre-training. It has not been taught to follow a chat.",
        ),
        must=("a base model", "continues text"),
    ),
    Fact(
        id="instruct-model",
        ask=define("an instruct model", "a chat model")
        + ("What can an instruct model do?", "How is an instruct model made?", "What are instruct models?"),
        answers=(
            "An instruct model is a base model that was trained further on questions and answers, so that it follows instructions.",
            "An instruct model, or chat model, follows instructions because it was fine-tuned on many examples of good answers.",
        ),
        must=("instruct model", "follows instructions"),
    ),
    Fact(
        id="base-vs-instruct",
        ask=compare("a base model", "an instruct model")
        + ("Should I choose base or instruct?", "Base or instruct, which one for a chat?"),
        answers=(
            "The base version only carries on a text, while the instruct version answers you. For a chat choose instruct.",
            "For a chat choose instruct: it was taught to answer. The base version only carries on a text and suits fine-tuning.",
        ),
        must=("choose instruct", "carries on a text"),
    ),
    Fact(
        id="hallucination",
        ask=define("a hallucination")
        + (
            "What are hallucinations?",
            "Why do models hallucinate?",
            "Why does a model make things up?",
            "How do I avoid hallucinations?",
            "Can a model invent false facts?",
        ),
        answers=(
            "A hallucination is a false statement that a model makes with confidence. It writes what is likely, not what is checked.",
            "A hallucination is an answer that sounds right but is false. Models pick likely words and do not check them.",
        ),
        must=("hallucination is", "false", "likely"),
        follow=(
            (
                "How can I avoid it?",
                "Give the model the source text in the prompt, ask for short answers and check what matters.",
            ),
            ("Do large models do it too?", "Yes, but less often. No model is free of it, so check facts that matter."),
        ),
    ),
    Fact(
        id="knowledge-cutoff",
        ask=define("the knowledge cutoff", "a training cutoff")
        + (
            "Why does a model not know recent news?",
            "Does a model know what happened today?",
            "What comes after the knowledge cutoff?",
        ),
        answers=(
            "The knowledge cutoff is the date at which the training text ends. The model knows nothing of later events.",
            "Training text ends at some date, the knowledge cutoff. Events after it are unknown unless the prompt tells of them.",
        ),
        must=("knowledge cutoff", "date"),
    ),
    Fact(
        id="small-vs-large",
        ask=compare("a small model", "a large model")
        + (
            "Should I use a small or a large model?",
            "What can a small model do well?",
            "What is a small model good for?",
        ),
        answers=(
            "A small model is fast, cheap and private, and does simple tasks well. A large model knows more and reasons better.",
            "A large model knows more and makes fewer mistakes. A small model loads quickly, runs anywhere and is enough for simple tasks.",
        ),
        must=("a small model", "a large model", "simple tasks"),
        follow=(
            (
                "How do I choose?",
                "Try both on your own prompts, side by side, and take the smallest one that is good enough.",
            ),
        ),
    ),
    Fact(
        id="parameter-vs-token",
        ask=compare("a parameter", "a token"),
        answers=(
            "A parameter is a number inside the model, while a token is a piece of the text that goes in or out.",
            "Parameters belong to the model and stay fixed when it runs. Tokens belong to the text that goes in or out.",
        ),
        must=("parameter", "token", "goes in or out"),
    ),
)
