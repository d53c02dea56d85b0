// @ts-check
/** Whether this machine can run the Python tests of the bundled model. */
import { run } from './command.mjs';

/** Every package of models/pocket/requirements.txt: the tests import them all, some through what they test. */
const MODULES = [
  'gguf',
  'matplotlib',
  'numpy',
  'onnx',
  'onnxruntime',
  'pytest',
  'safetensors',
  'tokenizers',
  'torch',
  'transformers',
];

/** Importing torch from a cold disk takes its time. */
const TIMEOUT_MS = 120_000;

/** Says on its last line which modules are missing; without importing them, whether they work is unknown. */
const PROBE = `
import importlib, sys
missing = []
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
    except Exception:
        missing.append(name)
print("missing:", " ".join(missing))
`;

/**
 * @returns {Promise<string | undefined>} why the tests cannot run, or undefined when they can
 */
export async function pythonObstacle() {
  const probe = await run(['python3', '-c', PROBE, ...MODULES], { timeoutMs: TIMEOUT_MS });
  if (!probe.ok) return 'python3 is not there';
  const missing = (/missing: *(.*)$/.exec(probe.output)?.[1] ?? '').trim();
  if (missing === '') return undefined;
  return `missing in python3: ${missing} (pip install -r models/pocket/requirements.txt)`;
}
