// @ts-check
/**
 * Writes `src/catalog/hub/mlc-models.json`: what WebLLM itself says of the models that it has compiled code for.
 *
 *   node tools/mlc-models.mjs
 *
 * Run it after each update of `@mlc-ai/web-llm`; a test compares the file with the package.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { modelLibURLPrefix, prebuiltAppConfig } from '@mlc-ai/web-llm';
import { format } from 'prettier';

const HUB = 'https://huggingface.co/';
const TEXT_MODEL = 0;

const manifest = fileURLToPath(new URL('../package.json', import.meta.url));
const { dependencies } = JSON.parse(await readFile(manifest, 'utf8'));

/**
 * WebLLM's name of a model, which is that of its repository too.
 *
 * @param {string} name
 * @param {string} precision
 */
function mlcName(name, precision) {
  return `${name}-${precision}-MLC`;
}

/** Chat models that read text, at their usual context: the `-1k` entries are the same files with less room. */
export function mlcModels() {
  return prebuiltAppConfig.model_list
    .filter(({ model_type: type = TEXT_MODEL }) => type === TEXT_MODEL)
    .filter(({ model_id: id }) => !id.endsWith('-1k'))
    .map((model) => {
      const repository = model.model.replace(HUB, '');
      const precision = /-(q\d+f\d+(?:_\d)?)-MLC/.exec(repository)?.[1];
      if (precision === undefined) throw new Error(`no precision in ${repository}`);
      const name = repository.replace('mlc-ai/', '').replace(/-q\d+f\d+(?:_\d)?-MLC$/, '');
      if (`mlc-ai/${model.model_id}` !== repository || model.model_id !== mlcName(name, precision))
        throw new Error(`${model.model_id} and ${repository} are not named as all others`);
      const features = model.required_features ?? [];
      return {
        model: name,
        precision,
        // Visitors load this list: what the name says already is not written twice.
        library: model.model_lib.replace(modelLibURLPrefix, '').replace(`${name}-${precision}`, '{}'),
        // The package counts in units of 2^20 bytes.
        memoryBytes: Math.round((model.vram_required_MB ?? 0) * 2 ** 20),
        contextTokens: model.overrides?.context_window_size ?? 0,
        ...(features.length > 0 && { features }),
      };
    });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = fileURLToPath(new URL('../src/catalog/hub/mlc-models.json', import.meta.url));
  const data = {
    source: `@mlc-ai/web-llm ${dependencies['@mlc-ai/web-llm']}, prebuiltAppConfig`,
    libraryPrefix: modelLibURLPrefix,
    models: mlcModels(),
  };
  await writeFile(file, await format(JSON.stringify(data), { parser: 'json' }));
}
