/** JSON schemas that answers can be held to, each with the values that match it. */

import fc from 'fast-check';
import type { JsonSchema } from '../../src/domain/json-schema';

export interface SchemaCase {
  readonly schema: JsonSchema;
  readonly values: fc.Arbitrary<unknown>;
}

/** What is hard to write down as a name: quotes, slashes, spaces, the names of JSON Schema, other scripts. */
const names = ['a', 'right', 'x y', 'say "hi"', 'a/b~c', 'type', 'id', 'default', 'ключ', '答'];

const leaves: fc.Arbitrary<SchemaCase> = fc.oneof(
  fc.constant({ schema: { type: 'boolean' }, values: fc.boolean() }),
  fc.constant({ schema: { type: 'null' }, values: fc.constant(null) }),
  fc.constant({
    schema: { type: 'number', description: 'any' },
    values: fc.double({ noNaN: true, noDefaultInfinity: true }),
  }),
  bounds(-60, 120).map(([minimum, maximum]) => ({
    schema: { type: 'integer', minimum, maximum },
    values: fc.integer({ min: minimum, max: maximum }),
  })),
  bounds(0, 12).map(([minLength, maxLength]) => ({
    schema: { type: 'string', minLength, maxLength },
    values: fc.string({ unit: 'binary', minLength, maxLength }),
  })),
  bounds(0, 9).map(([, maxLength]) => ({
    schema: { type: ['string', 'null'], maxLength },
    values: fc.option(fc.string({ maxLength })),
  })),
  fc
    .uniqueArray(fc.oneof(fc.string({ maxLength: 6 }), fc.integer(), fc.boolean(), fc.constant(null)), {
      minLength: 1,
      maxLength: 4,
    })
    .map((choices) => ({ schema: { enum: choices }, values: fc.constantFrom(...choices) })),
  fc
    .string({ maxLength: 9 })
    .map((only) => ({ schema: { type: 'string', const: only }, values: fc.constant(only) })),
);

function bounds(from: number, to: number): fc.Arbitrary<readonly [number, number]> {
  return fc
    .tuple(fc.integer({ min: from, max: to }), fc.integer({ min: from, max: to }))
    .map(([one, other]) => [Math.min(one, other), Math.max(one, other)]);
}

function cases(depth: number): fc.Arbitrary<SchemaCase> {
  if (depth === 0) return leaves;
  const inner = cases(depth - 1);
  return fc.oneof(
    { arbitrary: leaves, weight: 3 },
    { arbitrary: objects(inner), weight: 2 },
    fc.tuple(inner, bounds(0, 3)).map(([item, [minItems, maxItems]]) => ({
      schema: { type: 'array', items: item.schema, minItems, maxItems },
      values: fc.array(item.values, { minLength: minItems, maxLength: maxItems }),
    })),
    fc.array(inner, { minLength: 1, maxLength: 3 }).map((choices) => ({
      schema: { anyOf: choices.map(({ schema }) => schema) },
      values: fc.oneof(...choices.map(({ values }) => values)),
    })),
  );
}

function objects(inner: fc.Arbitrary<SchemaCase>): fc.Arbitrary<SchemaCase> {
  return fc
    .uniqueArray(fc.tuple(fc.constantFrom(...names), inner, fc.boolean()), {
      selector: ([name]) => name,
      maxLength: 4,
    })
    .map((properties) => {
      const required = properties.flatMap(([name, , needed]) => (needed ? [name] : []));
      return {
        schema: {
          type: 'object',
          properties: Object.fromEntries(properties.map(([name, { schema }]) => [name, schema])),
          ...(required.length > 0 && { required }),
        },
        values: fc.record(Object.fromEntries(properties.map(([name, { values }]) => [name, values])), {
          requiredKeys: required,
        }),
      };
    });
}

/** Schemas of objects, as they may stand at the top. */
export const schemaCases: fc.Arbitrary<SchemaCase> = objects(cases(2));
