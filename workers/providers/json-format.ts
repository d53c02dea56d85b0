/** What an API is told of the schema that an answer is to follow, and what of the schema it does not keep to. */

import type { LanguageModelV3CallOptions } from '@ai-sdk/provider';
import { SCHEMA_IGNORED, THINKING_IGNORED } from '../../src/domain/engine';
import { constraintOf, keywordsIn, schemasIn, type JsonSchema } from '../../src/domain/json-schema';
import type { Protocol } from '../../src/providers/definitions';
import { protocolOptions } from './protocols';

/** What is lost without a warning on the way to an API, or once there: it becomes a hint in words, or nothing. */
const notKept: Readonly<Record<Protocol, readonly string[]>> = {
  responses: [],
  chat: [],
  messages: ['minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems'],
  'generate-content': ['minimum', 'maximum', 'maxLength', 'minItems', 'maxItems'],
};

export interface JsonFormat {
  readonly call: Pick<LanguageModelV3CallOptions, 'responseFormat' | 'providerOptions'>;
  /** Names for `Completion.ignored`. */
  readonly ignored: readonly string[];
}

/** @param jsonSchema undefined where an answer may be any text */
export function jsonFormat(protocol: Protocol, jsonSchema: string | undefined): JsonFormat {
  const own = protocolOptions[protocol];
  if (jsonSchema === undefined)
    return { call: own === undefined ? {} : { providerOptions: own }, ignored: [] };
  const schema = constraintOf(jsonSchema);
  // In strict mode these APIs refuse a schema that leaves anything open; without it they follow it as they can.
  const strictJsonSchema = leavesNothingOpen(schema);
  const used = keywordsIn(schema);
  return {
    call: {
      responseFormat: { type: 'json', schema },
      providerOptions: {
        ...own,
        openai: { ...own?.['openai'], strictJsonSchema },
        openaiCompatible: { strictJsonSchema },
      },
    },
    ignored: notKept[protocol].filter((name) => used.has(name)).map((name) => `${SCHEMA_IGNORED}.${name}`),
  };
}

const warnedOf: Readonly<Record<string, string>> = {
  responseFormat: SCHEMA_IGNORED,
  reasoningEffort: THINKING_IGNORED,
  reasoningSummary: THINKING_IGNORED,
  'providerOptions.anthropic.thinking': THINKING_IGNORED,
  'providerOptions.anthropic.effort': THINKING_IGNORED,
};

/** The name that a package's warning has here. */
export function parameterName(feature: string): string {
  return warnedOf[feature] ?? feature;
}

/** True where every object names all that it holds, and must hold all that it names. */
function leavesNothingOpen(schema: JsonSchema): boolean {
  const { type, items, properties = {}, required = [], additionalProperties: more } = schema;
  if (type === 'array' && items === undefined) return false;
  const names = Object.keys(properties as object);
  const closed =
    more === undefined || (more === false && names.every((name) => (required as string[]).includes(name)));
  return (
    closed && schemasIn(schema, '#').every(({ schema: inner }) => leavesNothingOpen(inner as JsonSchema))
  );
}
