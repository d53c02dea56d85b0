"""Facts about open and closed models, licences, cost and how to choose."""

from __future__ import annotations

from corpus.knowledge.fact import Fact, define
from corpus.knowledge.phrasing import compare, why

FACTS: tuple[Fact, ...] = (
    Fact(
        id="open-weights",
        ask=define("an open-weight model", "open weights")
        + ("What can I do with open weights?", "What does open weights not include?", "Why are open weights useful?"),
        answers=(
            "Open weights means that anyone can download the weights and run the model. The training data may still be secret.",
            "An open-weight model can be downloaded and run by anyone. Open weights alone say nothing about data or code.",
        ),
        must=("open", "weights", "anyone", "run"),
        follow=(
            (
                "Is that open source?",
                "Not by itself. The Open Source AI Definition also asks for the code, for information about the data, and for free terms.",
            ),
        ),
    ),
    Fact(
        id="open-source-model",
        ask=define("an open source model", "a truly open model")
        + (
            "When is a model truly open?",
            "Which four questions tell if a model is open?",
            "What are the four questions of openness?",
            "How open is a model?",
        ),
        answers=(
            "OpenTab asks four questions: are the weights, the training data and the training code open, and is the licence free?",
            "Ask four questions: open weights, open training data, open training code, and a free licence. A truly open model says yes to all.",
        ),
        must=("four questions", "training data", "training code", "licence"),
        follow=(
            (
                "How many models pass all of them?",
                "Few do. Most so-called open models give only the weights, under terms of their own.",
            ),
            (
                "Does Pocket pass?",
                "Yes. Its weights, data program, training code and licence are all open in this repository.",
            ),
        ),
    ),
    Fact(
        id="open-weights-vs-open-source",
        ask=compare("open weights", "open source"),
        answers=(
            "With open weights you can run a model. Open source also shows how it was made: the training code and information about the data.",
            "Open source also shows how a model was made, with the code and information about the data. Open weights only let you run it.",
        ),
        must=("open weights", "was made", "information about the data"),
    ),
    Fact(
        id="open-source-ai-definition",
        ask=define("the Open Source AI Definition", "OSAID")
        + (
            "Who wrote the Open Source AI Definition?",
            "What does the Open Source AI Definition ask for?",
            "Does the Open Source AI Definition ask for the training data?",
        ),
        answers=(
            "The Open Source AI Definition of the OSI asks for the weights, the code and data information, but not for the data itself.",
            "OSAID is the Open Source AI Definition of the OSI: weights, code and data information must be free, but not the data itself.",
        ),
        must=("open source ai definition", "data information", "not"),
    ),
    Fact(
        id="open-training-data",
        ask=define("open training data")
        + (
            "Why does open training data matter?",
            "What is open training data good for?",
            "Why is training data often secret?",
            "Do open models share their training data?",
        ),
        answers=(
            "Open training data lets anyone see what a model learned from and check it for bias, private text and test leaks.",
            "Open training data means that the texts a model learned from are public, so bias and test leaks can be found.",
        ),
        must=("open training data", "test leaks"),
    ),
    Fact(
        id="open-training-code",
        ask=define("open training code")
        + (
            "Why does open training code matter?",
            "What is open training code good for?",
            "What does open training code include?",
            "Do open models share their training code?",
        ),
        answers=(
            "Open training code is the public program and settings that made the model, so others can repeat or improve it.",
            "With open training code anyone can repeat the training, given data and computers, and see each setting that was used.",
        ),
        must=("open training code", "setting"),
    ),
    Fact(
        id="closed-model",
        ask=define("a closed model", "a proprietary model")
        + ("Can I download a closed model?", "How do I use a closed model?", "What are closed models?"),
        answers=(
            "A closed model keeps its weights secret. You use it through an app or an API of its owner, who can see your prompts.",
            "A closed model runs on servers of its owner or of a partner. You send prompts there and never get the weights.",
        ),
        must=("a closed model", "of its owner"),
    ),
    Fact(
        id="open-vs-closed",
        ask=compare("an open model", "a closed model")
        + ("Should I use an open or a closed model?", "Open or closed, which model is better?"),
        answers=(
            "An open one runs where you like and keeps prompts private. A closed one is rented, often stronger, and sees your prompts.",
            "You own a copy of an open one and prompts stay private. A closed one is rented by the token, but often stronger.",
        ),
        must=("rented", "often stronger"),
        follow=(
            ("Which one should I use?", "Try both on your own prompts and weigh quality, delay, price and privacy."),
        ),
    ),
    Fact(
        id="api",
        ask=define("an API", "a model API")
        + ("How does a model API work?", "What does API stand for?", "Why do closed models have an API?"),
        answers=(
            "An API is a way for one program to ask another. A model API takes a prompt over the network and returns the answer.",
            "API stands for application programming interface. A model API takes your prompt over the network and sends back tokens.",
        ),
        must=("model api takes", "network"),
    ),
    Fact(
        id="licence",
        ask=define("a model licence", "a license for a model")
        + (
            "Why read the licence of a model?",
            "What does the licence of a model say?",
            "Why does a model have a licence?",
        ),
        answers=(
            "A model licence is the text that says what you may do with the model: use, change, share or sell.",
            "The licence tells what you may do with a model, for instance whether work use is fine. Read it first.",
        ),
        must=("licence", "what you may do"),
    ),
    Fact(
        id="apache",
        ask=define("Apache-2.0", "the Apache-2.0 licence")
        + ("What does Apache-2.0 allow?", "Can I sell software under Apache-2.0?", "What must I do under Apache-2.0?"),
        answers=(
            "Apache-2.0 is a permissive licence: use, change and sell, if you keep the notices. It also grants patent rights.",
            "Apache-2.0 allows almost any use if the notices are kept, and it grants patent rights from the authors.",
        ),
        must=("apache-2.0", "patent"),
        follow=(
            (
                "May I use it at work?",
                "Yes. Commercial use is allowed, as long as you keep the licence text and notices.",
            ),
        ),
    ),
    Fact(
        id="permissive-licence",
        ask=define("a permissive licence", "a permissive license")
        + (
            "Which licences are permissive?",
            "What does a permissive licence allow?",
            "Why choose a permissive licence?",
        ),
        answers=(
            "A permissive licence lets you use, change and share a work, even for money, with few duties. MIT is one.",
            "Under a permissive licence, such as MIT, you may use a work for money and owe little more than credit.",
        ),
        must=("permissive licence", "mit"),
    ),
    Fact(
        id="non-commercial-licence",
        ask=define("a non-commercial licence", "a non-commercial license")
        + (
            "What does a non-commercial licence forbid?",
            "Can I use a non-commercial model at work?",
            "Is a non-commercial model open source?",
        ),
        answers=(
            "A non-commercial licence forbids use for profit, so it is not open source. Research and private use are usually fine.",
            "With a non-commercial licence research and private use are usually fine, but it forbids work done for profit.",
        ),
        must=("non-commercial", "forbids"),
    ),
    Fact(
        id="why-local",
        ask=why("people run a model locally", "a local model is useful")
        + (
            "Why run a model locally?",
            "What are the advantages of a local model?",
            "What is good about running a model on my own machine?",
            "When is a local model better?",
        ),
        answers=(
            "A local model keeps prompts on your machine, costs nothing per token, works offline and does not change under you.",
            "With a local model prompts stay on your machine, there is no bill per token, and it works offline.",
        ),
        must=("a local model", "your machine", "works offline"),
        follow=(
            (
                "What is the catch?",
                "It must fit your memory, so it is usually smaller and less able than the best closed ones.",
            ),
        ),
    ),
    Fact(
        id="when-closed",
        ask=why("someone would choose a closed model", "a closed model can be the better choice")
        + (
            "When is a closed model better?",
            "When should I pay for a closed model?",
            "What are the advantages of a closed model?",
        ),
        answers=(
            "Choose closed for the hardest tasks, very long contexts or weak machines, if the data may leave and the price is right.",
            "For the hardest tasks or a weak machine closed can be better, as long as your data may leave it.",
        ),
        must=("hardest tasks", "may leave"),
    ),
    Fact(
        id="cost-per-million",
        ask=define("the cost per million tokens", "price per million tokens")
        + (
            "How is an API billed?",
            "How do I compute the cost of an answer?",
            "How much does an answer from an API cost?",
        ),
        answers=(
            "APIs bill per million tokens, with one price for input and a higher one for output. Cost is tokens times price.",
            "The price is given per million tokens, input and output apart. Multiply each count by its price and add them.",
        ),
        must=("per million tokens", "input", "output"),
        follow=(
            ("What does a local model cost?", "Nothing per token, only power and the machine that you already have."),
        ),
    ),
    Fact(
        id="router",
        ask=define("a router", "a model router")
        + ("How does a router choose a model?", "Why use a router?", "What does a local-first router do?"),
        answers=(
            "A router sends each prompt to a fitting model. A local-first router escalates to a larger one only when it must.",
            "A model router decides which model gets a prompt. It tries a cheap local one first and escalates when needed.",
        ),
        must=("router", "escalates"),
        follow=(
            (
                "Why does that matter?",
                "Many prompts are easy. If a local model answers those, you save money and keep data at home.",
            ),
        ),
    ),
    Fact(
        id="blind-vote",
        ask=define("a blind vote", "blind voting")
        + ("How does a blind vote work?", "Why is a vote blind?", "What is a blind vote good for?"),
        answers=(
            "In a blind vote you pick the better answer before the model names are shown, so a famous name cannot sway you.",
            "A blind vote hides the model names until you have picked the better answer. That keeps the judgment fair.",
        ),
        must=("blind vote", "model names"),
        follow=(("How many votes are enough?", "Dozens at least. With only a few votes the winner may be pure luck."),),
    ),
    Fact(
        id="llm-judge",
        ask=define("an LLM judge", "a judge model")
        + ("Can a model judge answers?", "How does an LLM judge work?", "Can I trust an LLM judge?"),
        answers=(
            "An LLM judge is a model that grades the answers of others. It is quick but prefers long answers and its own style.",
            "An LLM judge grades answers with a model instead of a person. Swap the order and check some by hand.",
        ),
        must=("llm judge", "grades"),
    ),
    Fact(
        id="own-prompts",
        ask=why("I should test models on my own prompts", "public leaderboards are not enough")
        + (
            "Which model is best for my task?",
            "How do I find the best model for my task?",
            "How do I compare models fairly?",
        ),
        answers=(
            "No ranking knows your task. Run your own prompts on a few models, hide the names and count which answers are right.",
            "The best model depends on the task, so try your own prompts on a few models and count the right answers.",
        ),
        must=("your own prompts on a few models", "count"),
    ),
)
