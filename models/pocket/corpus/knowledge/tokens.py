"""Facts about text as a model sees it: tokens, templates, prompts and the context window."""

from __future__ import annotations

from corpus.knowledge.fact import Fact, define
from corpus.knowledge.phrasing import compare, why

FACTS: tuple[Fact, ...] = (
    Fact(
        id="token",
        ask=define("a token")
        + (
            "How big is a token?",
            "Is a token the same as a word?",
            "What are tokens?",
            "What are tokens in a language model?",
            "Explain tokens to me.",
        ),
        answers=(
            "A token is a short piece of text, such as a word, a part of a word or a comma. Models read and write tokens.",
            "A token is a small piece of text that the model treats as one unit. In English it is about four letters long.",
        ),
        must=("a token is", "piece of text"),
        follow=(
            (
                "How long is one?",
                "In English about four letters, or three quarters of a word. Code and other languages often need more.",
            ),
            (
                "Why does that matter?",
                "The context window, the speed and the price of a model are all counted in tokens.",
            ),
        ),
    ),
    Fact(
        id="tokenizer",
        ask=define("a tokenizer")
        + (
            "What does a tokenizer do?",
            "Why does a model need a tokenizer?",
            "What is the job of the tokenizer?",
            "How does text become tokens?",
        ),
        answers=(
            "A tokenizer is the program that cuts text into tokens and gives each one a number. It also turns numbers back into text.",
            "The tokenizer cuts text into tokens from a fixed vocabulary before the model sees it, and joins tokens to text afterwards.",
        ),
        must=("tokenizer", "cuts text into tokens"),
        follow=(
            (
                "Do all models share one?",
                "No. Each model family has its own tokenizer, so the same text gives different token counts.",
            ),
            (
                "Can I change it?",
                "No. The weights were trained with one tokenizer, and with another one the model would read nonsense.",
            ),
        ),
    ),
    Fact(
        id="tokenization",
        ask=define("tokenization", "tokenizing") + ("How does tokenization work?", "What happens during tokenization?"),
        answers=(
            "Tokenization is the step that splits a text into tokens and replaces each by its number. It comes before the model runs.",
            "Tokenization splits a text into tokens and looks up the number of each one, because a model computes with numbers only.",
        ),
        must=("tokenization", "number", "splits"),
    ),
    Fact(
        id="bpe",
        ask=define("BPE", "byte pair encoding")
        + ("How does BPE work?", "How does byte pair encoding build tokens?", "What does BPE stand for?"),
        answers=(
            "Byte pair encoding, or BPE, builds a vocabulary by joining the most frequent pair of symbols again and again.",
            "BPE means byte pair encoding. It starts from single bytes and keeps joining the pair that occurs most often into a new token.",
        ),
        must=("byte pair encoding", "joining"),
        follow=(
            (
                "Why is that useful?",
                "Common words become one token, and rare words can still be written with several short ones.",
            ),
        ),
    ),
    Fact(
        id="byte-level",
        ask=define("a byte-level tokenizer", "byte-level tokenization")
        + (
            "Can a byte-level tokenizer meet an unknown word?",
            "Why are tokenizers byte-level?",
            "What is byte-level BPE good for?",
        ),
        answers=(
            "A byte-level tokenizer starts from the 256 possible bytes, so it can write any text and never meets an unknown character.",
            "Byte-level means that the smallest tokens are the 256 bytes. Any text, even an emoji, can then be written in tokens.",
        ),
        must=("byte-level", "256"),
    ),
    Fact(
        id="vocabulary",
        ask=define("the vocabulary of a model", "a vocabulary")
        + ("How large is a vocabulary?", "How many tokens are in a vocabulary?", "What does vocabulary size mean?"),
        answers=(
            "The vocabulary is the fixed list of all tokens that a model knows. Its size is often between 32,000 and 260,000.",
            "A vocabulary is the fixed list of tokens, each with its number. The model can only read and write tokens from this list.",
        ),
        must=("vocabulary", "fixed list"),
        follow=(
            (
                "Is a bigger one better?",
                "It makes texts shorter in tokens, but the embedding table grows with it and takes more memory.",
            ),
        ),
    ),
    Fact(
        id="token-id",
        ask=define("a token id", "the id of a token")
        + ("Why does a token have an id?", "How are token ids used?", "What are token ids for?"),
        answers=(
            "A token id is the number of a token in the vocabulary. The model takes in ids and puts out scores for ids.",
            "A token id is the place of a token in the vocabulary list, written as a whole number. Models work with ids, not letters.",
        ),
        must=("token id is", "vocabulary"),
    ),
    Fact(
        id="special-token",
        ask=define("a special token")
        + (
            "What are special tokens?",
            "What are special tokens for?",
            "Why does a model use special tokens?",
            "Give me the purpose of a special token.",
        ),
        answers=(
            "A special token is a control token that stands for no normal text, for example to mark where a message starts or ends.",
            "A special token is a control mark, not normal text. It shows the model the start or end of a message or a role.",
        ),
        must=("special token is", "mark"),
        follow=(
            (
                "Can I type one?",
                "That depends on the app. If it does not guard against it, typing the name of the token can fake the end of a message.",
            ),
        ),
    ),
    Fact(
        id="end-of-sequence",
        ask=define("the end-of-sequence token", "an EOS token")
        + (
            "How does a model know when to stop?",
            "What does EOS stand for?",
            "Which token ends the answer?",
            "What ends an answer of the model?",
        ),
        answers=(
            "The end-of-sequence token, or EOS, is the token with which a model says that its answer is complete. Generation then stops.",
            "EOS is the end-of-sequence token. When the model picks it, the answer is complete and the app stops asking for more tokens.",
        ),
        must=("end-of-sequence", "complete"),
        follow=(
            (
                "Why does a benchmark ignore it?",
                "So that every run makes the same number of tokens and the runs can be compared.",
            ),
        ),
    ),
    Fact(
        id="chat-template",
        ask=define("a chat template")
        + (
            "Why does a model need a chat template?",
            "How does a chat template work?",
            "What is a chat template used for?",
            "What does the wrong chat template do?",
        ),
        answers=(
            "A chat template is the pattern that turns messages with roles into one text for the model. With a wrong one, answers get worse.",
            "A chat template puts special tokens and roles around each message, in the pattern that the model was trained with.",
        ),
        must=("chat template", "pattern", "roles"),
        follow=(
            ("Where is it stored?", "It comes with the tokenizer files of the model, or inside the GGUF file."),
            (
                "Can I change it?",
                "You can, but the model was trained with one template and works best with exactly that one.",
            ),
        ),
    ),
    Fact(
        id="chatml",
        ask=define("ChatML", "the ChatML format") + ("What does ChatML look like?", "How does ChatML mark a message?"),
        answers=(
            "ChatML is a chat format in which each message starts with im_start and a role, and ends with im_end.",
            "ChatML wraps every message between the special tokens im_start and im_end, with the role on the first line.",
        ),
        must=("chatml", "im_start"),
    ),
    Fact(
        id="role",
        ask=define("a message role", "a role in a chat")
        + ("Which roles are there in a chat?", "What are the chat roles?", "What do user, assistant and system mean?"),
        answers=(
            "A role says who wrote a message: system sets the rules, user asks, and assistant is the model itself.",
            "The role of a message says who speaks. The usual ones are system, user and assistant, and the assistant is the model.",
        ),
        must=("role", "system", "user", "assistant is the model"),
    ),
    Fact(
        id="context-window",
        ask=define("the context window", "the context length")
        + ("How much text can a model look at?", "How big is a context window?", "Why is the context window limited?"),
        answers=(
            "The context window is the largest number of tokens that a model can handle at once, prompt and answer together.",
            "The context window, or context length, is how many tokens the model can look at together at once. Older text must be dropped.",
        ),
        must=("context window", "at once"),
        follow=(
            (
                "Can I make it larger?",
                "You can set it lower to save memory, but above the trained length the answers break down.",
            ),
            (
                "What does it cost?",
                "Every token in the context takes memory in the KV cache and makes each next token a little slower.",
            ),
        ),
    ),
    Fact(
        id="context-full",
        ask=(
            "What happens when the context is full?",
            "What happens when the context window is full?",
            "What if my chat is too long for the context?",
            "What if the prompt does not fit in the context?",
            "What does a context overflow do?",
            "What is a context overflow?",
            "Tell me about context overflow.",
            "Explain what happens if the context overflows.",
            "My prompt overflows the context. What now?",
            "What should I do when the context is full?",
            "How is a full context handled?",
            "Can a conversation get too long for the context?",
            "The context is full. What can I do?",
            "Why does a model forget the start of a long chat?",
        ),
        answers=(
            "When the context is full, old messages must be trimmed or the request refused. What was trimmed is forgotten by the model.",
            "A full context means that no more tokens fit. Old messages are trimmed, or you start a new chat with a short summary.",
        ),
        must=("context", "full", "trimmed"),
    ),
    Fact(
        id="prompt",
        ask=define("a prompt")
        + (
            "What do I write in a prompt?",
            "What makes a good prompt?",
            "What are prompts?",
            "How do I write a prompt?",
        ),
        answers=(
            "A prompt is the text that you give to a model and that it continues. A clear prompt says what you want and in which form.",
            "A prompt is what the model gets to read before it answers. Good ones are short, clear and give an example of the form.",
        ),
        must=("a prompt is", "form"),
    ),
    Fact(
        id="system-prompt",
        ask=define("a system prompt", "the system prompt")
        + ("What is a system prompt for?", "Why set a system prompt?", "What do I write in a system prompt?"),
        answers=(
            "A system prompt is a first message that sets the rules and the tone for the whole chat, before the user says anything.",
            "The system prompt stands before the chat and sets the rules: who the model is, how it should answer and what to avoid.",
        ),
        must=("system prompt", "sets the rules"),
        follow=(
            (
                "Does it take tokens?",
                "Yes. It is part of the context and is read again for every new chat, unless a prompt cache keeps it.",
            ),
        ),
    ),
    Fact(
        id="multi-turn",
        ask=define("a multi-turn conversation", "a multi-turn chat")
        + (
            "How does a model remember earlier turns?",
            "How do follow-up questions work in a multi-turn chat?",
            "How does a model see earlier messages?",
        ),
        answers=(
            "In a multi-turn chat all earlier messages are sent again with each new question. The model has no other memory of them.",
            "A multi-turn chat has several questions and answers. The earlier messages are sent again with each new question.",
        ),
        must=("multi-turn", "earlier messages are sent again"),
        follow=(
            (
                "Does a long chat get slower?",
                "Yes, a little. More earlier tokens mean a larger KV cache to read for each new token.",
            ),
        ),
    ),
    Fact(
        id="tokens-per-word",
        ask=(
            "How many tokens are in a word?",
            "How many tokens does a word have?",
            "How many tokens per word?",
            "How many words are 100 tokens?",
            "How many words are 1000 tokens?",
            "How do I convert words to tokens?",
            "How do I convert tokens to words?",
            "How do I estimate the number of tokens from words?",
            "Roughly how many tokens make a word?",
            "How many tokens are in a page of words?",
            "What is the number of tokens per word?",
            "How many words does a token stand for?",
            "Tell me how many tokens an English word needs.",
            "Give me a rule for tokens per word.",
        ),
        answers=(
            "In English 100 tokens are about 75 words, so a word needs about 1.3 tokens. Other languages and code need more.",
            "As a rule, 75 English words are about 100 tokens. Count with the tokenizer when you need the true number.",
        ),
        must=("75", "words", "100 tokens"),
    ),
    Fact(
        id="why-tokens",
        ask=why("models use tokens instead of words", "models use tokens and not letters")
        + ("Why do models use tokens?", "Why tokens and not words?", "Why not use letters instead of tokens?"),
        answers=(
            "Tokens are a compromise: whole words would need an endless list, and single letters would make every text far too long.",
            "With words the list would never end, and with single letters texts get too long. Tokens are the compromise between both.",
        ),
        must=("compromise", "single letters"),
    ),
    Fact(
        id="letters-in-words",
        ask=why("models are bad at spelling", "models fail at counting letters in a word")
        + (
            "Why can a model not count letters?",
            "Why is spelling hard for a model?",
            "Can a model see the letters in a word?",
        ),
        answers=(
            "A model does not see letters. It sees whole tokens, so the spelling inside a token must be learned by heart.",
            "A token hides its letters from the model, as it is only a number. The model does not see letters, so spelling is hard.",
        ),
        must=("does not see letters", "spelling"),
    ),
    Fact(
        id="prompt-vs-system-prompt",
        ask=compare("a prompt", "a system prompt"),
        answers=(
            "The system prompt sets rules for the whole chat, while a user prompt asks for one answer within those rules.",
            "A user prompt is one question. The system prompt comes first and holds for the whole chat, so the rules go there.",
        ),
        must=("user prompt", "whole chat"),
    ),
    Fact(
        id="few-shot",
        ask=define("a few-shot prompt", "few-shot prompting")
        + (
            "Why put examples in a few-shot prompt?",
            "What does few-shot mean for a model?",
            "How do examples in a few-shot prompt help?",
        ),
        answers=(
            "A few-shot prompt shows the model some solved examples before the real question, so that it copies their form.",
            "Few-shot means that the prompt holds a few solved examples first. The model then follows the same form without training.",
        ),
        must=("few-shot", "solved examples"),
    ),
)
