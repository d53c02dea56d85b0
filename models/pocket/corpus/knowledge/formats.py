"""What Pocket knows about model files and the engines that read them."""

from __future__ import annotations

from corpus.knowledge.asking import how_to, topic
from corpus.knowledge.fact import Fact, define
from corpus.knowledge.phrasing import compare

FACTS: tuple[Fact, ...] = (
    Fact(
        id="engine",
        ask=(
            *define("an inference engine"),
            "Which program runs a model?",
            "What does an engine do in OpenTab?",
            "What reads the weights and makes the tokens?",
            "Is an engine the same as a model?",
        ),
        answers=(
            "An inference engine is the program that loads the weights of a model and computes its tokens.",
            "The inference engine is the software around a model: it loads the weights, computes the tokens and keeps the KV cache.",
        ),
        must=("inference engine is", "loads the weights"),
    ),
    Fact(
        id="which-engines",
        ask=(
            *topic("the engines of OpenTab", "the local engines"),
            "Which engines does OpenTab have?",
            "What engines can OpenTab use?",
            "Which inference engines run in OpenTab?",
            "How many engines are there in OpenTab?",
            "Name the engines of OpenTab.",
            "With which libraries does OpenTab run models?",
            "List the local engines.",
            "What software runs the models in OpenTab?",
            "Which engines run in the browser?",
            "What are the three local engines?",
            "Does OpenTab use one engine or several?",
            "On which engines is OpenTab built?",
            "Which runtimes does OpenTab support?",
        ),
        answers=(
            "OpenTab has three local engines: Transformers.js for ONNX files, WebLLM for MLC files and wllama for GGUF files.",
            "There are three local engines in OpenTab: wllama reads GGUF files, WebLLM reads MLC files, and Transformers.js reads ONNX files.",
        ),
        must=("three local engines", "webllm", "wllama"),
        follow=(
            ("Which one should I take?", "Take the engine for which the model has files. If there are several, compare their speed in two lanes."),
        ),
    ),
    Fact(
        id="onnx",
        ask=(
            *define("ONNX", "an ONNX file"),
            "What does ONNX stand for?",
            "What is inside an ONNX file?",
            "Which format does ONNX Runtime read?",
            "How is a model stored as a graph?",
        ),
        answers=(
            "ONNX is the Open Neural Network Exchange format: a file with the graph of operations of a model and its weights.",
            "ONNX stands for Open Neural Network Exchange. An ONNX file holds the graph of operations of a model together with its weights.",
        ),
        must=("open neural network exchange", "graph of operations"),
    ),
    Fact(
        id="onnx-runtime-web",
        ask=(
            *define("ONNX Runtime Web", "ORT Web"),
            "What runs ONNX models in a browser?",
            "Which engine lies under Transformers.js?",
            "Who makes ONNX Runtime Web?",
        ),
        answers=(
            "ONNX Runtime Web is Microsoft's engine for ONNX models in a browser. It computes with WebGPU or WebAssembly.",
            "ONNX Runtime Web runs ONNX models in a browser with WebGPU or WebAssembly. It is made by Microsoft.",
        ),
        must=("onnx runtime web", "microsoft"),
    ),
    Fact(
        id="execution-provider",
        ask=(
            *define("an execution provider"),
            "How does ONNX Runtime choose between GPU and CPU?",
            "Which part of ONNX Runtime talks to the GPU?",
            "What are the execution providers in a browser?",
        ),
        answers=(
            "An execution provider is the part of ONNX Runtime that runs operations on one kind of hardware, such as webgpu or wasm.",
            "In ONNX Runtime an execution provider stands for one kind of hardware; in a browser they are mainly webgpu and wasm.",
        ),
        must=("execution provider", "kind of hardware"),
    ),
    Fact(
        id="onnx-external-data",
        ask=(
            *define("an onnx_data file", "external data in ONNX"),
            "Why is there a second file beside model.onnx?",
            "What is the file model.onnx_data for?",
            "Why are the weights not in the ONNX file?",
            "How are ONNX models larger than 2 GB stored?",
        ),
        answers=(
            "An onnx_data file holds the weights beside the ONNX graph, because one ONNX file cannot be larger than 2 GB.",
            "An ONNX file is limited to 2 GB, so large models keep their weights in an onnx_data file beside the graph.",
        ),
        must=("onnx_data", "2 gb", "beside the"),
    ),
    Fact(
        id="gguf",
        ask=(
            *define("GGUF", "a GGUF file"),
            "Which file format does llama.cpp use?",
            "What is inside a GGUF file?",
            "Which format do I need for wllama?",
            "How do I recognise a GGUF file?",
        ),
        answers=(
            "GGUF is the file format of llama.cpp: one file with the weights, the tokenizer and all settings of a model.",
            "GGUF is a one-file format made for llama.cpp. It holds the weights, the tokenizer and the settings of a model.",
        ),
        must=("gguf is", "llama.cpp", "settings"),
        follow=(
            ("How do I open one?", "In OpenTab the engine wllama runs GGUF files. To see one at work, choose Pocket in a lane with a GGUF precision."),
        ),
    ),
    Fact(
        id="gguf-or-onnx",
        ask=(
            *compare("GGUF", "ONNX"),
            "GGUF or ONNX?",
            "Should I take the GGUF file or the ONNX file?",
            "Is GGUF better than ONNX?",
            "Which is better, ONNX or GGUF?",
            "Why are there both GGUF and ONNX?",
            "What does ONNX have that GGUF lacks?",
            "Does a GGUF file contain a graph like ONNX?",
            "When should I use GGUF and when ONNX?",
            "A model comes as GGUF and ONNX. Which one?",
            "What separates ONNX from GGUF?",
        ),
        answers=(
            "An ONNX file contains the graph of the model. A GGUF file has only weights and settings, and the engine knows the architecture.",
            "ONNX stores the graph of the model. GGUF has only weights and settings, so the engine must know the architecture.",
        ),
        must=("onnx", "gguf", "only weights and settings"),
    ),
    Fact(
        id="llama-cpp",
        ask=(
            *define("llama.cpp"),
            "Who uses GGUF files?",
            "Which C++ program runs language models?",
            "What is the engine inside wllama?",
            "Is llama.cpp only for Llama models?",
        ),
        answers=(
            "llama.cpp is an open-source engine in C and C++ that runs many language models on CPUs and GPUs, with few dependencies.",
            "llama.cpp is an open-source program in C and C++. It runs many kinds of language models, not only Llama, on CPUs and GPUs.",
        ),
        must=("llama.cpp is", "c and c++"),
    ),
    Fact(
        id="ggml",
        ask=(
            *define("ggml"),
            "Which tensor library does llama.cpp use?",
            "What is below llama.cpp?",
            "How are ggml and llama.cpp related?",
        ),
        answers=(
            "ggml is the tensor library below llama.cpp. It computes the operations and defines block formats such as Q4_0.",
            "ggml is a small tensor library in C, on which llama.cpp is built. Its block formats include Q4_0 and Q8_0.",
        ),
        must=("ggml is", "tensor library", "block formats"),
    ),
    Fact(
        id="wllama",
        ask=(
            *define("wllama"),
            "How does llama.cpp run in a browser?",
            "Which engine runs GGUF files in a tab?",
            "Does wllama work without a GPU?",
            "Which engine should I use for a GGUF file?",
        ),
        answers=(
            "wllama is llama.cpp compiled to WebAssembly. It runs GGUF files in a browser, and in OpenTab it computes on the CPU.",
            "wllama brings llama.cpp to the browser as WebAssembly, so that GGUF files run in a tab. In OpenTab it computes on the CPU.",
        ),
        must=("wllama", "llama.cpp", "webassembly", "on the cpu"),
        follow=(
            ("When does it use the GPU?", "Never in OpenTab: there wllama runs on the CPU, until its results on the GPU have been compared."),
        ),
    ),
    Fact(
        id="safetensors",
        ask=(
            *define("safetensors", "a safetensors file"),
            "What is inside a safetensors file?",
            "Which format do original weights have on the hub?",
            "Why is safetensors called safe?",
            "Why not use pickle files for weights?",
        ),
        answers=(
            "safetensors is a file format for weights: a JSON header and the raw numbers. Unlike pickle it cannot run code.",
            "safetensors is a format that stores weights as a JSON header and raw numbers, so opening it cannot run code.",
        ),
        must=("safetensors is", "cannot run code"),
        follow=(
            ("Can OpenTab run it?", "Not directly: the engines in a browser need ONNX, MLC or GGUF files, which are made from safetensors."),
        ),
    ),
    Fact(
        id="mlc",
        ask=(
            *define("MLC", "MLC LLM"),
            "What does MLC stand for?",
            "Which project compiles language models for WebGPU?",
            "Who compiles the models for WebLLM?",
        ),
        answers=(
            "MLC is Machine Learning Compilation: a project that compiles a language model for each kind of GPU. WebLLM uses it.",
            "MLC stands for Machine Learning Compilation. The project compiles language models to fast GPU code, which WebLLM runs.",
        ),
        must=("machine learning compilation", "compiles"),
    ),
    Fact(
        id="tvm",
        ask=(
            *define("TVM", "Apache TVM"),
            "Which compiler does MLC use?",
            "What compiles the kernels of WebLLM?",
            "How are MLC and TVM related?",
        ),
        answers=(
            "TVM is an open compiler for machine learning from Apache. MLC uses it to turn a model into GPU kernels.",
            "Apache TVM is an open compiler that turns a model into kernels for many kinds of hardware. MLC is built on it.",
        ),
        must=("tvm is", "open compiler"),
    ),
    Fact(
        id="webllm",
        ask=(
            *define("WebLLM"),
            "Which engine runs MLC models in a browser?",
            "Does WebLLM work without WebGPU?",
            "What does WebLLM need from my GPU?",
            "Why is WebLLM fast?",
        ),
        answers=(
            "WebLLM is an engine that runs MLC models in a browser with kernels compiled for WebGPU. It does not work without WebGPU.",
            "WebLLM is the browser engine of the MLC project. Its kernels are compiled ahead for WebGPU, which it cannot do without.",
        ),
        must=("webllm is", "compiled", "for webgpu"),
    ),
    Fact(
        id="transformers-js",
        ask=(
            *define("Transformers.js"),
            "Which engine runs ONNX models in a tab?",
            "How do I run Hugging Face models in JavaScript?",
            "Who makes Transformers.js?",
            "What does Transformers.js need?",
        ),
        answers=(
            "Transformers.js is a JavaScript library from Hugging Face that runs ONNX models in a browser, on WebGPU or the CPU.",
            "Transformers.js is the JavaScript library of Hugging Face for running ONNX models in a tab, with WebGPU or on the CPU.",
        ),
        must=("transformers.js is", "javascript library"),
    ),
    Fact(
        id="engine-without-gpu",
        ask=(
            *topic("engines that work without a GPU", "engines for the CPU"),
            "Which engines work without a GPU?",
            "Which engine can use the CPU?",
            "Which engines need WebGPU?",
            "Does every engine need a GPU?",
            "What engine should I use on a machine without WebGPU?",
            "Can all three engines run on the CPU?",
            "Which engine has no CPU mode?",
            "I have no GPU. Which engine can I take?",
            "Which engines run on WebAssembly alone?",
            "Is there an engine for the CPU?",
            "Which engine fails without WebGPU?",
            "What engines fall back to the CPU?",
            "If the GPU is missing, which engine still runs?",
        ),
        answers=(
            "Transformers.js can run on the CPU, and wllama always runs there in OpenTab. WebLLM is the one that always needs WebGPU.",
            "Only WebLLM always needs WebGPU. Transformers.js can use the CPU too, and wllama computes on nothing else in OpenTab.",
        ),
        must=("always needs webgpu", "transformers.js", "wllama"),
    ),
    Fact(
        id="shard",
        ask=(
            *define("a shard", "a weight shard"),
            "Why are the weights split into many files?",
            "What does 00001-of-00003 mean?",
            "Why does a model have many weight files?",
            "Do I need all parts of a split model?",
        ),
        answers=(
            "A shard is one of several files into which the weights of a model are split. All shards are needed to run it.",
            "A shard is one part of a model whose weights are split into several files, because smaller files load more easily.",
        ),
        must=("shard is", "split", "several files"),
    ),
    Fact(
        id="tokenizer-json",
        ask=(
            *define("tokenizer.json", "the file tokenizer.json"),
            "Where is the vocabulary of a model stored?",
            "Which file holds the merges of a tokenizer?",
            "What is in tokenizer.json?",
            "Which file turns text into token ids?",
        ),
        answers=(
            "tokenizer.json is the file that holds the tokenizer of a model: its vocabulary, its merges and its special tokens.",
            "The file tokenizer.json holds the vocabulary, the merges and the special tokens with which a model splits text.",
        ),
        must=("tokenizer.json", "merges", "special tokens"),
    ),
    Fact(
        id="config-json",
        ask=(
            *define("config.json", "the file config.json"),
            "Where do I find the number of layers of a model?",
            "What is in config.json?",
            "Which file describes the architecture of a model?",
            "How does an engine know the shape of a model?",
        ),
        answers=(
            "config.json is the file that describes the shape of a model: architecture, layers, heads, hidden size and vocabulary size.",
            "The file config.json tells an engine the architecture of a model, such as its layers, heads and hidden size.",
        ),
        must=("config.json", "hidden size"),
    ),
    Fact(
        id="generation-config",
        ask=(
            *define("generation_config.json"),
            "Where are the default sampling settings of a model?",
            "Which file holds the default temperature?",
        ),
        answers=(
            "generation_config.json holds the default settings for generation, such as temperature, top-p and the end token.",
            "The defaults for generation, such as temperature, top-p and the end token, stand in generation_config.json.",
        ),
        must=("generation_config.json", "top-p and the end token"),
    ),
    Fact(
        id="chat-template-file",
        ask=(
            *define("the chat template file", "chat_template.jinja"),
            "Where is the chat template of a model stored?",
            "In which file is the chat template?",
            "In which language is a chat template written?",
            "How does the engine find the chat template?",
        ),
        answers=(
            "The chat template is a Jinja text, stored as chat_template.jinja, inside tokenizer_config.json or in the GGUF header.",
            "A chat template is written in Jinja. It is stored in chat_template.jinja, tokenizer_config.json or the GGUF header.",
        ),
        must=("chat template", "jinja", "tokenizer_config.json"),
        follow=(
            ("What if it is wrong?", "With a wrong chat template the model sees a prompt unlike its training, so its answers get worse."),
        ),
    ),
    Fact(
        id="model-card",
        ask=(
            *define("a model card"),
            "Why should every model have a model card?",
            "Which page describes a model?",
            "What should be in a model card?",
            "Where do I find the limits of a model?",
        ),
        answers=(
            "A model card is the page that describes a model: its training, intended use, measured quality, limits and licence.",
            "A model card is a short document about a model that states its training, intended use, results, limits and licence.",
        ),
        must=("model card is", "intended use"),
    ),
    Fact(
        id="hugging-face-hub",
        ask=(
            *define("the Hugging Face Hub", "the hub"),
            "Where do open models come from?",
            "Where do most models of the catalogue lie?",
            "What is Hugging Face?",
            "Which site is the hub for open models?",
        ),
        answers=(
            "The Hugging Face Hub is a website that stores open models and data sets. Most models of the catalogue lie there.",
            "The hub is the site of Hugging Face, where most open models and data sets are stored and versioned.",
        ),
        must=("hugging face", "models and data sets"),
    ),
    Fact(
        id="revision-pinning",
        ask=(
            *define("revision pinning", "a pinned revision"),
            "Why pin a model to a commit?",
            "How can a model be kept from changing unseen?",
            "What is the revision of a model?",
            "Why should a result name the commit of a model?",
        ),
        answers=(
            "A pinned revision is one exact commit of a model repository. With it everyone gets the same files, today and later.",
            "To pin a revision means to name the exact commit of a model repository, so that its files cannot change unseen.",
        ),
        must=("revision", "exact commit"),
        follow=(
            ("Why does that matter?", "Without a pinned revision two people could measure different files under the same model name."),
        ),
    ),
    Fact(
        id="sha-256",
        ask=(
            *define("SHA-256", "a SHA-256 hash"),
            "How can one check that a file is unchanged?",
            "Which hash does OpenTab use?",
            "How long is a SHA-256 hash?",
            "What is the fingerprint of a file?",
        ),
        answers=(
            "SHA-256 is a hash function: it turns any file into a fingerprint of 256 bits that changes if a single bit changes.",
            "A SHA-256 hash is a fingerprint of 256 bits for a file. If one bit of the file changes, the fingerprint changes.",
        ),
        must=("sha-256", "fingerprint of 256 bits"),
        follow=(
            ("How does OpenTab use it?", "OpenTab compares the SHA-256 hash of each weight file with the one that the hub publishes."),
        ),
    ),
    Fact(
        id="git-lfs",
        ask=(
            *define("Git LFS", "an LFS pointer"),
            "What does lfs.oid mean?",
            "Why did I get a tiny text file in place of the weights?",
            "Where does the hub publish the hash of a file?",
        ),
        answers=(
            "Git LFS keeps large files outside of the Git history and leaves a small pointer there with the hash of the file.",
            "With Git LFS a repository holds only a small pointer with the hash, and the large file is stored elsewhere.",
        ),
        must=("git lfs", "small pointer"),
    ),
    Fact(
        id="xet",
        ask=(
            *define("Xet", "the Xet storage"),
            "How are large files stored on the hub?",
            "Where does the hub keep the weights of a model?",
            "Which storage does Hugging Face use for large files?",
            "How are Xet and Git LFS related?",
        ),
        answers=(
            "Xet is the storage of the hub for large files. It cuts them into chunks, stores equal ones once, and leaves a Git LFS pointer in the repository.",
            "The hub stores large files in Xet, which keeps equal chunks only once. In the repository stands a pointer in the format of Git LFS.",
        ),
        must=("xet", "chunks", "once", "in the repository"),
    ),
    Fact(
        id="magic-number",
        ask=(
            *define("a magic number", "the magic number of a file"),
            "How does OpenTab recognise a model file?",
            "Which bytes does a GGUF file begin with?",
            "What are the first bytes of a file good for?",
            "How do you tell a real model file from a fake?",
        ),
        answers=(
            "A magic number is a fixed start of a file that shows its format. A GGUF file begins with the four letters GGUF.",
            "The magic number is the first few bytes of a file, which show its format: a GGUF file begins with the letters GGUF.",
        ),
        must=("magic number is", "begins with"),
    ),
    Fact(
        id="q4-0",
        ask=(
            *define("Q4_0"),
            "How does Q4_0 store weights?",
            "How many bits per weight does Q4_0 use?",
            "What is a block in Q4_0?",
            "How large is a model in Q4_0?",
        ),
        answers=(
            "Q4_0 is a ggml format with blocks of 32 weights: 4 bits for each weight and one 16-bit scale, so 4.5 bits per weight.",
            "Q4_0 stores 32 weights as one block, with 4 bits each and one shared 16-bit scale. That makes 4.5 bits per weight.",
        ),
        must=("q4_0", "4.5 bits per weight"),
    ),
    Fact(
        id="q8-0",
        ask=(
            *define("Q8_0"),
            "How does Q8_0 store weights?",
            "How many bits per weight does Q8_0 use?",
            "What is a block in Q8_0?",
            "How good is Q8_0?",
        ),
        answers=(
            "Q8_0 is a ggml format with blocks of 32 weights: 8 bits for each weight and one 16-bit scale, so 8.5 bits per weight.",
            "Q8_0 stores 32 weights as one block, with 8 bits each and one shared 16-bit scale. That makes 8.5 bits per weight.",
        ),
        must=("q8_0", "8.5 bits per weight"),
        follow=(
            ("Is it worse than fp16?", "Hardly: Q8_0 stays so close to fp16 that the answers are almost always the same."),
        ),
    ),
    Fact(
        id="q4f16-1",
        ask=(
            *define("q4f16_1", "q4f32_1"),
            "How do I read a WebLLM name such as q4f16_1?",
            "What does the ending of an MLC model name mean?",
            "What are the precisions of WebLLM called?",
        ),
        answers=(
            "In MLC names such as q4f16_1 or q4f32_1, q4 is the bits per weight, f16 or f32 the type of the calculations, and 1 the layout.",
            "MLC names its precisions like q4f16_1 and q4f32_1: bits of the weights, float type of the calculations, and layout number.",
        ),
        must=("mlc", "q4f16_1", "layout"),
    ),
    Fact(
        id="matmulnbits",
        ask=(
            *define("MatMulNBits"),
            "Which ONNX operator multiplies quantized weights?",
            "How does ONNX Runtime multiply by 4-bit weights?",
            "How are 4-bit weights stored in ONNX?",
            "Which bits can MatMulNBits use?",
        ),
        answers=(
            "MatMulNBits is the ONNX Runtime operator for a matrix product with weights packed in 2, 4 or 8 bits, block by block.",
            "MatMulNBits is an operator of ONNX Runtime: it multiplies by weights packed in 2, 4 or 8 bits with a scale for each block.",
        ),
        must=("matmulnbits is", "packed"),
    ),
    Fact(
        id="variant-name",
        ask=(
            *topic("the names of ONNX files", "the precision of an ONNX file"),
            "What do fp32, fp16, q8 and q4 in a file name mean?",
            "How do I read the name of an ONNX variant?",
            "Which ONNX file is q8?",
            "What is model_quantized.onnx?",
            "Why are there many ONNX files for one model?",
            "Which of the ONNX files should I choose?",
            "What does the ending _q4f16 of an ONNX file mean?",
            "Why does a repository have model_q4.onnx and model_fp16.onnx?",
            "How do the ONNX files of a model differ?",
            "What is the file model_q4.onnx?",
            "Which file belongs to which precision in ONNX?",
            "How are the precisions of an ONNX model named?",
            "Where do I see the precision of an ONNX file?",
        ),
        answers=(
            "The ending of an ONNX file name is its precision: model_q4.onnx has 4-bit weights, and model_quantized.onnx is q8.",
            "Each ONNX file holds the same model at another precision: model_quantized.onnx is q8, and model_q4.onnx has 4-bit weights.",
        ),
        must=("model_quantized.onnx is q8", "4-bit weights"),
    ),
    Fact(
        id="quantized-file-maker",
        ask=(
            *how_to("make a GGUF file", "convert safetensors to GGUF"),
            "How do I convert a model to GGUF?",
            "How can I turn safetensors into GGUF?",
            "Which tool makes GGUF files?",
            "How do I quantize a model for llama.cpp?",
            "Can I convert my own model for wllama?",
            "Where do GGUF files come from?",
            "What does convert_hf_to_gguf do?",
            "What does llama-quantize do?",
            "I trained a model. How do I get it into wllama?",
            "Which steps lead from safetensors to a Q4_0 file?",
            "How is a GGUF file made?",
            "How do people create GGUF models?",
        ),
        answers=(
            "Convert the safetensors with convert_hf_to_gguf.py from llama.cpp, then run llama-quantize to get a precision such as Q4_0.",
            "llama.cpp has both tools: convert_hf_to_gguf.py makes the GGUF file, and llama-quantize lowers its precision.",
        ),
        must=("convert_hf_to_gguf", "llama-quantize", "precision"),
    ),
)
