/** What a model's `config.json` says of it, every number bounded before it is believed. Pure. */

import type { AttentionShape } from '../../domain/model';

export interface ConfigFacts {
  /** `model_type`; undefined where it does not say. */
  readonly architecture: string | undefined;
  /** Tokens; undefined where it does not say. */
  readonly contextTokens: number | undefined;
  /** Zero for each figure that it does not give: the estimate then leaves that part out. */
  readonly shape: AttentionShape;
}

/** More than any model has of anything that is counted here. */
const MOST = 100_000_000;

/** Undefined where it is no configuration at all. */
export function readConfig(json: unknown): ConfigFacts | undefined {
  const outer = recordOf(json);
  if (outer === undefined) return undefined;
  const architecture = outer['model_type'];
  // A model that also sees or hears keeps what is said of its text in a part of its own.
  const config = { ...recordOf(outer['text_config']), ...outer };
  const first = (...names: readonly string[]) => {
    for (const name of names) {
      const value = config[name];
      if (typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= MOST) return value;
    }
    return undefined;
  };
  const embedding = first('hidden_size', 'n_embd', 'd_model', 'dim') ?? 0;
  const heads = first('num_attention_heads', 'n_head', 'n_heads', 'num_heads') ?? 0;
  return {
    architecture: typeof architecture === 'string' ? architecture.slice(0, 100) : undefined,
    contextTokens: first('max_position_embeddings', 'n_positions', 'n_ctx', 'max_seq_len', 'seq_length'),
    shape: {
      layers: first('num_hidden_layers', 'n_layer', 'n_layers', 'num_layers') ?? 0,
      kvHeads: config['multi_query'] === true ? 1 : (first('num_key_value_heads', 'num_kv_heads') ?? heads),
      headSize: first('head_dim') ?? (heads === 0 ? 0 : Math.floor(embedding / heads)),
      embedding,
      vocabulary: first('vocab_size') ?? 0,
    },
  };
}

/** The template that `tokenizer_config.json` holds, alone or as the one that is named `default`. */
export function templateIn(json: unknown): string | undefined {
  const template = recordOf(json)?.['chat_template'];
  if (typeof template === 'string') return template;
  if (!Array.isArray(template)) return undefined;
  const named = template.map(recordOf).find((one) => one?.['name'] === 'default')?.['template'];
  return typeof named === 'string' ? named : undefined;
}

/** The text of a token that a template writes (`bos_token`, `eos_token`), which may be wrapped; empty without one. */
export function tokenTextIn(json: unknown, name: string): string {
  const token = recordOf(json)?.[name];
  const text = typeof token === 'string' ? token : recordOf(token)?.['content'];
  return typeof text === 'string' ? text : '';
}

function recordOf(json: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
    ? (json as Record<string, unknown>)
    : undefined;
}
