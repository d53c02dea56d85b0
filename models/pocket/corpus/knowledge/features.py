"""What Pocket knows about the parts of OpenTab beyond the first prompt: own models, sharing, images, costs and more."""

from __future__ import annotations

from corpus.knowledge.asking import how_to, topic
from corpus.knowledge.fact import Fact

FACTS: tuple[Fact, ...] = (
    Fact(
        id="own-model",
        ask=(
            *how_to("add my own model", "load a model that is not in the list"),
            *topic("models of my own", "a model that is not in the catalogue"),
            "Where do I add a model from the hub?",
            "My model is not in the list. What now?",
            "Can OpenTab run any model of Hugging Face?",
            "How do I load a model by its name on the hub?",
            "Which models can I add to OpenTab?",
            "Can I type the address of a model?",
        ),
        answers=(
            "Use Add your own model on the Models screen: give its name on the hub or an address, or choose files of this machine.",
            "On the Models screen choose Add your own model. It takes a name on the hub, an address, or files of this machine.",
        ),
        must=("add your own model", "name on the hub", "files of this machine"),
        follow=(
            ("Is it downloaded at once?", "No, its files are looked into first, and the weights are not fetched before you ask for them."),
        ),
    ),
    Fact(
        id="own-file",
        ask=(
            *how_to("open a GGUF file from my disk", "load a model file from my computer"),
            *topic("model files on my disk", "a GGUF file of my own"),
            "Can I drop a model file into OpenTab?",
            "Is my own model file uploaded?",
            "What happens to a file that I drop on the Models screen?",
            "Does a model file from my disk leave this machine?",
            "Where does OpenTab put a model file of mine?",
        ),
        answers=(
            "Drop a GGUF file or an ONNX folder on the Models screen. It is copied into this browser's storage and goes nowhere else.",
            "A GGUF file or an ONNX folder can be dropped on the Models screen: it is copied into this browser's storage and goes nowhere else.",
        ),
        must=("onnx folder", "copied into this browser's storage", "goes nowhere else"),
    ),
    Fact(
        id="json-schema",
        ask=(
            *how_to("get an answer as JSON", "hold answers to a JSON schema"),
            *topic("a JSON schema for the answers", "structured answers"),
            "Where do I enter a JSON schema?",
            "What does Answer as JSON do?",
            "Can a model answer in JSON only?",
            "How do I force JSON?",
            "Is there a mode for structured output?",
        ),
        answers=(
            "Switch on Answer as JSON in the parameters and give a JSON schema. Under each answer one line says whether it matches.",
            "With Answer as JSON in the parameters a schema holds the answers in shape, and one line under each says whether it matches.",
        ),
        must=("answer as json in the parameters", "schema", "whether it matches"),
        follow=(
            ("Does the model see the schema?", "No, the model is not shown the schema, so say in the prompt what you want to know."),
        ),
    ),
    Fact(
        id="json-engines",
        ask=(
            *topic("engines that can keep to a schema", "lanes that cannot keep to a schema"),
            "Which engines can hold an answer to a schema?",
            "Does every lane keep to my JSON schema?",
            "Why does one lane not answer in JSON?",
            "Can Transformers.js keep to a schema?",
            "Can Pocket answer in JSON?",
            "Which engine makes sure that the answer is JSON?",
            "Why does a lane say that it cannot be held to a schema?",
            "Why was my schema not followed?",
        ),
        answers=(
            "wllama, WebLLM and APIs can hold an answer to a schema. Transformers.js cannot: its lane answers freely and is only checked.",
            "A lane of Transformers.js answers freely and is only checked. wllama, WebLLM and APIs can hold an answer to a schema.",
        ),
        must=("can hold an answer to a schema", "answers freely", "only checked"),
    ),
    Fact(
        id="share-link",
        ask=(
            *how_to("share a comparison", "send my setup to a friend"),
            *topic("a link to a comparison", "links to a setup"),
            "What is in a link that I share?",
            "Does a shared link hold my answers?",
            "What does Share do?",
            "Is my key in a shared link?",
            "Can a server read a shared link?",
            "Who can read the prompts in a shared link?",
        ),
        answers=(
            "Share makes a link with the models, prompts and parameters, but no answer and no key. It lies behind the #, which no server gets.",
            "A shared link holds models, prompts and parameters, but no answer and no key. All of it lies behind the #, which no server gets.",
        ),
        must=("link", "no answer and no key", "behind the #"),
        follow=(
            ("Does opening it ask the models?", "No, the setup opens and nothing is asked: press Send, or ask each lane."),
        ),
    ),
    Fact(
        id="share-report",
        ask=(
            *how_to("save a report with the answers", "hand on the answers of a comparison"),
            *topic("a report of a comparison"),
            "Can I save the answers as a file?",
            "Is there a report of a comparison?",
            "In which formats can I save a report?",
            "What is in a report of OpenTab?",
            "How do I show my comparison to somebody with the answers?",
        ),
        answers=(
            "Share also saves a report as HTML or Markdown: one file with prompts, answers, their figures and what computed them.",
            "A report is one file, HTML or Markdown, with prompts, answers, their figures and what computed them. You save it with Share.",
        ),
        must=("report", "html or markdown", "what computed them"),
    ),
    Fact(
        id="attach-image",
        ask=(
            *how_to("attach an image", "ask about a picture"),
            *topic("images in a prompt", "photos in OpenTab"),
            "Can OpenTab read images?",
            "Which models can see images?",
            "What happens to a photo that I attach?",
            "Which image formats can I attach?",
            "Is the place of a photo sent along?",
            "Why does a lane say that it does not see my image?",
        ),
        answers=(
            "Attach images at the prompt. They are scaled down and encoded anew, without place and camera; models that read text alone leave them out.",
            "Images can be attached at the prompt. Each is scaled down and encoded anew, and a model that reads text alone leaves it out.",
        ),
        must=("at the prompt", "encoded anew", "text alone"),
        follow=(
            ("How many can I attach?", "A prompt takes at most four images, and a conversation at most 24."),
        ),
    ),
    Fact(
        id="hub-token",
        ask=(
            *how_to("use a gated model", "give my access token of the hub"),
            *topic("the access token of the hub", "gated models"),
            "Where do I enter a token of Hugging Face?",
            "What is a gated model?",
            "Why does the hub refuse me a model?",
            "Is my token of the hub stored?",
            "Where does my access token go?",
        ),
        answers=(
            "A gated model needs an access token of the hub. OpenTab keeps it in the memory of this tab and sends it to huggingface.co alone.",
            "For a gated model give your access token of the hub in Settings. It stays in the memory of this tab and goes to huggingface.co alone.",
        ),
        must=("access token", "memory of this tab", "huggingface.co alone"),
    ),
    Fact(
        id="thinking-effort",
        ask=(
            *how_to("switch thinking off", "make a model think more", "set the reasoning effort"),
            *topic("the setting for thinking", "the thinking effort"),
            "How much does a model think before it answers?",
            "What does the setting Thinking do?",
            "Which levels of thinking are there?",
            "Where do I choose how much a model thinks?",
            "Why does the thinking count towards my answer?",
        ),
        answers=(
            "Thinking in the parameters sets how much models think before they answer: off, low, medium or high. It counts towards the longest answer.",
            "In the parameters choose Thinking: off, low, medium or high. What a model thinks counts towards the longest answer.",
        ),
        must=("in the parameters", "off, low, medium or high", "longest answer"),
        follow=(
            ("Can every model do that?", "No, many local models know only on and off, and some do not think at all. The figures of an answer say what was not followed."),
        ),
    ),
    Fact(
        id="lane-context-length",
        ask=(
            *how_to("change the context length of a lane", "give a lane a longer context"),
            *topic("the context length of a lane", "the menu entry Context length"),
            "Where do I set the context length?",
            "Can each lane have its own context length?",
            "Why can I not choose a context length for Transformers.js?",
            "Which engines let me choose the context length?",
            "Is a model loaded again when I change its context length?",
        ),
        answers=(
            "The menu of a lane has Context length. With wllama and WebLLM the model is loaded anew with it; Transformers.js takes the window of the model.",
            "Choose Context length in the menu of a lane: wllama and WebLLM take it, and the model is loaded anew. Transformers.js takes the window of the model.",
        ),
        must=("context length", "menu of a lane", "loaded anew", "transformers.js takes the window"),
        follow=(
            ("How long is it without a choice?", "Those engines then take 4,096 tokens, or the window of the model where that is shorter."),
        ),
    ),
    Fact(
        id="blind-here",
        ask=(
            *how_to("compare models blind", "vote for an answer"),
            *topic("the blind comparison in OpenTab", "my votes in OpenTab"),
            "Where do I turn on Blind?",
            "How do I hide the names of the models?",
            "Which lanes can be compared blind?",
            "Are my votes sent anywhere?",
            "Where do I see the ranking of my votes?",
        ),
        answers=(
            "Turn on Blind above two lanes or more: the answers come as A and B, you vote, and then the names are shown.",
            "With two lanes or more turn on Blind above them. Answers come as A and B, and the names are shown after your vote.",
        ),
        must=("turn on blind above", "a and b", "names are shown"),
        follow=(
            ("Who sees my votes?", "Nobody but you: votes stay on this machine, and nothing of them is sent anywhere."),
        ),
    ),
    Fact(
        id="find-fastest",
        ask=(
            *how_to("find the fastest variant of a model", "find out what runs fastest here"),
            *topic("Find the fastest here", "the fastest variant for my machine"),
            "What does Find the fastest here do?",
            "Which precision is the fastest on my machine?",
            "Can OpenTab choose the fastest variant for me?",
            "How do I know whether the GPU or the CPU is faster here?",
            "Is there a speed test in the app?",
        ),
        answers=(
            "Find the fastest here, in the menu of a lane, measures every stored variant of its model on every device and proposes the fastest.",
            "In the menu of a lane choose Find the fastest here: it measures each stored variant of the model on each device.",
        ),
        must=("find the fastest here", "in the menu of a lane", "stored variant"),
    ),
    Fact(
        id="energy-estimate",
        ask=(
            *how_to("see the energy of an answer", "estimate what my power costs"),
            *topic("the energy of a local answer", "the power that an answer takes"),
            "How much energy does an answer take?",
            "Where do I enter the wattage of my machine?",
            "Why is no energy shown for my answers?",
            "How does OpenTab estimate the energy?",
            "What does a local answer cost in power?",
        ),
        answers=(
            "Enter the draw of your machine in watts and your tariff in Settings. Each local answer then shows an estimate of its energy and cost.",
            "With a wattage and a tariff in Settings each local answer shows an estimate of its energy and cost. Without both none is made.",
        ),
        must=("tariff", "in settings", "estimate of its energy and cost"),
    ),
    Fact(
        id="break-even",
        ask=(
            *how_to("see when running open pays", "compute the break-even of a machine"),
            *topic("the break-even of running open", "the calculator in Settings"),
            "When does my own machine pay?",
            "Is a local model cheaper than an API?",
            "When is my own hardware cheaper than an API?",
            "Where is the calculator for cost?",
            "After how many days does a machine pay?",
        ),
        answers=(
            "In Settings a calculator takes your volume, the price of an API and the rates of your machine, and says after how many days running open pays.",
            "The calculator in Settings says when running open pays, from your volume, the price of an API and the rates of your machine.",
        ),
        must=("calculator", "your volume", "rates of your machine"),
    ),
    Fact(
        id="provider-sign-in",
        ask=(
            *how_to("sign in with OpenRouter", "get a key without typing it"),
            *topic("the sign-in with OpenRouter"),
            "How do I sign in?",
            "Where can I sign in?",
            "With which provider can I sign in?",
            "What happens when I sign in with OpenRouter?",
            "Can I use OpenRouter without copying a key?",
        ),
        answers=(
            "OpenTab itself has no login. With Sign in with OpenRouter, in Settings, you come back with a key of its own for this browser.",
            "In Settings you can sign in with OpenRouter and come back with a key of its own for this browser. OpenTab itself has no login.",
        ),
        must=("openrouter", "a key of its own for this browser"),
    ),
)
