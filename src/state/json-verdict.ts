/** Whether an answer is JSON, and JSON of the schema that was asked for. Loaded with the first such answer. */

import { Validator, type OutputUnit, type Schema } from '@cfworker/json-schema';
import { checkSchema } from '../domain/json-schema';

export type JsonVerdict =
  | { readonly kind: 'matches' }
  /** `path` is a JSON pointer behind `#`, into the answer. */
  | { readonly kind: 'differs'; readonly path: string; readonly keyword: string }
  /** JSON, of a schema that this release does not use: the conversation comes from another one. */
  | { readonly kind: 'unknown-schema' }
  | { readonly kind: 'not-json' };

/** These only say that something in the value is wrong; what it is comes after them. */
const containers = ['properties', 'items'];

/** The whole text counts: JSON with words or a code fence around it is no JSON to whoever reads it by a program. */
export function verdictOn(text: string, jsonSchema: string): JsonVerdict {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: 'not-json' };
  }
  // A conversation may come from a file, and a schema can be made to never come to an end.
  const known = checkSchema(jsonSchema);
  if (!known.ok) return { kind: 'unknown-schema' };
  const schema = JSON.parse(known.schema) as Schema;
  // A name of its own would have to be an address that the validator can read.
  delete schema.$id;
  const { valid, errors } = new Validator(schema, '2020-12').validate(json);
  if (valid) return { kind: 'matches' };
  const error = errors.find(({ keyword }) => !containers.includes(keyword)) ?? errors[0];
  return { kind: 'differs', ...placeOf(error) };
}

function placeOf(error: OutputUnit | undefined): { readonly path: string; readonly keyword: string } {
  return { path: error?.instanceLocation ?? '#', keyword: error?.keyword ?? '' };
}
