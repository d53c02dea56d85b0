// node llama_cpp.mjs PACKAGE_ENTRY MODEL.gguf REQUEST.json ANSWER
//
// Task "answer" writes greedy continuations as JSON, of at most `limits[i]` ids for sequence i.
// Task "score" writes float32 probabilities [positions, vocab]: the predictions of the last `scored[i]` ids of
// sequence i, one sequence after another.

import { readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

const [entry, modelPath, requestPath, answerPath] = process.argv.slice(2);
const PARALLEL = 16;
const CONTEXT = 1024;

const { getLlama } = await import(pathToFileURL(entry).href);
const llama = await getLlama({ gpu: false, build: 'never', logLevel: 'error' });
const model = await llama.loadModel({ modelPath });
// One thread: a model this small gains nothing from more, and threads that wait for each other stall a busy machine.
const context = await model.createContext({
  contextSize: CONTEXT,
  sequences: PARALLEL,
  batchSize: 512,
  threads: 1,
});
const request = JSON.parse(await readFile(requestPath, 'utf8'));

async function answer(sequence, index) {
  const tokens = [];
  for await (const token of sequence.evaluate(request.sequences[index], { temperature: 0 })) {
    tokens.push(token);
    if (tokens.length >= request.limits[index]) break;
  }
  return tokens;
}

async function score(sequence, index) {
  const ids = request.sequences[index];
  const first = ids.length - request.scored[index] - 1;
  const items = ids
    .slice(0, -1)
    .map((id, at) => (at < first ? id : [id, { generateNext: { probabilities: true } }]));
  const evaluated = await sequence.controlledEvaluate(items);
  const probabilities = new Float32Array(request.scored[index] * request.vocab);
  for (let at = first; at < ids.length - 1; at++) {
    for (const [id, probability] of evaluated[at].next.probabilities) {
      probabilities[(at - first) * request.vocab + id] = probability;
    }
  }
  return probabilities;
}

const task = { answer, score }[request.task];
const results = new Array(request.sequences.length);
let next = 0;

async function work() {
  const sequence = context.getSequence();
  while (next < results.length) {
    const index = next++;
    await sequence.clearHistory();
    results[index] = await task(sequence, index);
  }
}

await Promise.all(Array.from({ length: PARALLEL }, work));
await writeFile(
  answerPath,
  request.task === 'answer'
    ? JSON.stringify(results)
    : Buffer.concat(results.map((part) => Buffer.from(part.buffer))),
);
await model.dispose();
await llama.dispose();
