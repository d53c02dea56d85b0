import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  MAX_SCHEMA_CHARACTERS,
  checkSchema,
  constraintOf,
  exampleSchema,
  keywordsIn,
  type JsonSchema,
  type SchemaProblem,
} from '../../src/domain/json-schema';
import { verdictOn } from '../../src/state/json-verdict';
import { schemaCases } from '../support/json-schemas';

function problemOf(schema: unknown): SchemaProblem | undefined {
  const checked = checkSchema(typeof schema === 'string' ? schema : JSON.stringify(schema));
  return checked.ok ? undefined : checked.problem;
}

/** A schema of an object with one property. */
function around(inner: unknown): JsonSchema {
  return { type: 'object', properties: { x: inner } };
}

const ajv = new Ajv2020({ strict: false, logger: false });

/** By another validator, which the app cannot use: it makes its checks with `eval`. */
function isValid(schema: unknown, value: unknown): boolean {
  return ajv.validate(schema as object, value);
}

test('the example can be used as it is', () => {
  expect(checkSchema(exampleSchema)).toEqual({
    ok: true,
    schema:
      '{"type":"object","properties":{"answer":{"type":"string"},"right":{"type":"boolean"}},"required":["answer","right"]}',
  });
});

test('every schema of the part that is taken can be used, and what matches it is found to match', () => {
  const pairs = schemaCases.chain(({ schema, values }) =>
    fc.record({ schema: fc.constant(schema), value: values }),
  );
  fc.assert(
    fc.property(pairs, ({ schema, value }) => {
      const text = JSON.stringify(schema);
      expect(checkSchema(JSON.stringify(schema, undefined, 2))).toEqual({ ok: true, schema: text });
      expect(verdictOn(JSON.stringify(value), text)).toEqual({ kind: 'matches' });
      // What engines are given is no wider than what was asked for, and takes in what was meant.
      expect(isValid(constraintOf(text), JSON.parse(JSON.stringify(value)))).toBe(true);
    }),
    { numRuns: 100 },
  );
});

test('any value at all is judged as another validator judges it', () => {
  const pairs = schemaCases.chain(({ schema, values }) =>
    fc.record({
      schema: fc.constant(schema),
      value: fc.oneof(
        values,
        fc.jsonValue(),
        // Near misses: a property lost, and one that is something else.
        fc.tuple(values, fc.nat(), fc.jsonValue()).map(([value, at, other]) => {
          const entries = Object.entries(value as object);
          const kept = entries.filter((_, index) => index !== at % Math.max(1, entries.length));
          return Object.fromEntries(typeof other === 'number' ? kept : [...kept, ['right', other]]);
        }),
      ),
    }),
  );
  const seen = { matches: 0, differs: 0 };
  fc.assert(
    fc.property(pairs, ({ schema, value }) => {
      const { kind } = verdictOn(JSON.stringify(value), JSON.stringify(schema));
      expect(kind).toBe(isValid(schema, JSON.parse(JSON.stringify(value))) ? 'matches' : 'differs');
      if (kind === 'matches' || kind === 'differs') seen[kind] += 1;
    }),
    { numRuns: 200 },
  );
  expect(Math.min(seen.matches, seen.differs)).toBeGreaterThan(20);
});

describe('what cannot be used is told apart', () => {
  test('as a text', () => {
    expect(problemOf(' \n')).toEqual({ kind: 'empty' });
    expect(problemOf(exampleSchema.slice(0, -1))).toMatchObject({ kind: 'not-json' });
    expect(
      problemOf(`{"type":"object","properties":{},"title":"${'x'.repeat(MAX_SCHEMA_CHARACTERS)}"}`),
    ).toEqual({
      kind: 'too-long',
      length: MAX_SCHEMA_CHARACTERS + 44,
    });
    expect(problemOf(`${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`)).toEqual({ kind: 'too-deep' });
  });

  test.each([[null], [[]], ['"object"'], [{}], [{ type: 'object' }], [{ type: 'array', items: {} }], [true]])(
    'no schema of an object: %j',
    (schema) => expect(problemOf(schema)).toEqual({ kind: 'not-an-object' }),
  );

  const known = ['type', 'minLength', 'maxLength'];
  test.each<[unknown, SchemaProblem]>([
    [true, { kind: 'not-a-schema', path: '#/properties/x' }],
    [{ description: 'anything' }, { kind: 'no-type', path: '#/properties/x' }],
    [
      { type: 'string', pattern: '^(a+)+$' },
      { kind: 'keyword', path: '#/properties/x', keyword: 'pattern', known },
    ],
    [
      { $ref: '#' },
      {
        kind: 'keyword',
        path: '#/properties/x',
        keyword: '$ref',
        known: ['type', 'enum', 'const', 'anyOf'],
      },
    ],
    [
      { type: 'number', minimum: 0 },
      { kind: 'keyword', path: '#/properties/x', keyword: 'minimum', known: ['type'] },
    ],
    // What engines would leave out in silence.
    [
      { anyOf: [{ type: 'null' }], type: 'null' },
      { kind: 'keyword', path: '#/properties/x', keyword: 'type', known: ['anyOf'] },
    ],
    [
      { type: 'array', items: { type: 'string', $id: 'y' } },
      { kind: 'keyword', path: '#/properties/x/items', keyword: '$id', known },
    ],
    [{ type: 'text' }, { kind: 'value', path: '#/properties/x', keyword: 'type' }],
    [{ type: ['integer', 'number'] }, { kind: 'value', path: '#/properties/x', keyword: 'type' }],
    [{ enum: [] }, { kind: 'value', path: '#/properties/x', keyword: 'enum' }],
    [{ anyOf: {} }, { kind: 'value', path: '#/properties/x', keyword: 'anyOf' }],
    [{ anyOf: [{ type: 'null' }, 7] }, { kind: 'not-a-schema', path: '#/properties/x/anyOf/1' }],
    [
      { type: 'object', properties: { 'a/b~': { type: 'any' } } },
      { kind: 'value', path: '#/properties/x/properties/a~1b~0', keyword: 'type' },
    ],
    [
      { type: 'object', properties: {}, required: ['constructor'] },
      { kind: 'value', path: '#/properties/x', keyword: 'required' },
    ],
    [
      { type: 'object', properties: [], additionalProperties: true },
      { kind: 'value', path: '#/properties/x', keyword: 'properties' },
    ],
    [
      { type: 'object', additionalProperties: 'no' },
      { kind: 'not-a-schema', path: '#/properties/x/additionalProperties' },
    ],
    [
      { type: 'string', maxLength: 1001 },
      { kind: 'value', path: '#/properties/x', keyword: 'maxLength' },
    ],
    [
      { type: 'array', minItems: 3, maxItems: 2 },
      { kind: 'value', path: '#/properties/x', keyword: 'maxItems' },
    ],
    [
      { type: 'integer', minimum: 0.5 },
      { kind: 'value', path: '#/properties/x', keyword: 'minimum' },
    ],
    [
      { type: 'integer', minimum: 3, maximum: 2 },
      { kind: 'value', path: '#/properties/x', keyword: 'maximum' },
    ],
    [
      { type: 'string', title: { $id: ':' } },
      { kind: 'value', path: '#/properties/x', keyword: 'title' },
    ],
  ])('by its place and name: %j', (inner, problem) => {
    expect(problemOf(around(inner))).toEqual(problem);
  });

  test('and no text whatever makes the check throw', () => {
    const json = fc.jsonValue({ maxDepth: 4 });
    const words = fc.constantFrom(
      'type',
      'properties',
      'required',
      'items',
      'anyOf',
      'enum',
      'maximum',
      '$ref',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          json.map((value) => JSON.stringify(value)),
          fc.dictionary(words, json).map((inner) => JSON.stringify(around(inner))),
        ),
        (text) => {
          const checked = checkSchema(text);
          if (checked.ok) constraintOf(checked.schema);
        },
      ),
      { numRuns: 500 },
    );
  });
});

test('an engine is told of every object whether it may have more than it names, and nothing that limits nothing', () => {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'not an address',
    type: 'object',
    title: 'A title',
    default: {},
    properties: {
      any: { type: 'object', description: 'what it likes' },
      list: { type: 'array', items: { type: 'object', properties: { default: { type: 'null' } } } },
      map: { type: 'object', additionalProperties: { type: 'object', properties: {}, examples: [1] } },
      kind: { enum: [{ type: 'object', default: 1 }] },
      some: { anyOf: [{ type: ['object', 'null'], properties: {}, additionalProperties: true }] },
    },
  };
  expect(constraintOf(JSON.stringify(schema))).toEqual({
    type: 'object',
    title: 'A title',
    properties: {
      any: { type: 'object', description: 'what it likes', additionalProperties: true },
      list: {
        type: 'array',
        items: {
          type: 'object',
          properties: { default: { type: 'null' } },
          additionalProperties: false,
        },
      },
      map: {
        type: 'object',
        additionalProperties: { type: 'object', properties: {}, additionalProperties: false },
      },
      kind: { enum: [{ type: 'object', default: 1 }] },
      some: { anyOf: [{ type: ['object', 'null'], properties: {}, additionalProperties: true }] },
    },
    additionalProperties: false,
  });
  expect(problemOf(schema)).toBeUndefined();
});

test('a property of any name stays one', () => {
  const text = '{"type":"object","properties":{"__proto__":{"type":"boolean"}},"required":["__proto__"]}';
  expect(checkSchema(text)).toEqual({ ok: true, schema: text });
  expect(JSON.stringify(constraintOf(text))).toContain('{"__proto__":{"type":"boolean"}}');
  expect(verdictOn('{"__proto__":true}', text)).toEqual({ kind: 'matches' });
  expect(verdictOn('{}', text)).toMatchObject({ kind: 'differs' });
});

test('keywords are found wherever they stand, and names of properties are none', () => {
  const schema = around({ anyOf: [{ type: 'array', items: { type: 'string', maxLength: 3 } }] });
  expect([...keywordsIn(schema)].sort()).toEqual(['anyOf', 'items', 'maxLength', 'properties', 'type']);
});

describe('the verdict', () => {
  test('names the place and the keyword', () => {
    const differs = (text: string) => verdictOn(text, exampleSchema);
    expect(differs('{"answer":"yes","right":true}')).toEqual({ kind: 'matches' });
    expect(differs('{"answer":"yes"}')).toEqual({ kind: 'differs', path: '#', keyword: 'required' });
    expect(differs('{"answer":1,"right":true}')).toEqual({
      kind: 'differs',
      path: '#/answer',
      keyword: 'type',
    });
    expect(differs('[]')).toEqual({ kind: 'differs', path: '#', keyword: 'type' });
  });

  test('takes the text as it is: a fence or words around it make it no JSON', () => {
    for (const text of ['```json\n{}\n```', 'Sure: {}', '{"answer":"y', '']) {
      expect(verdictOn(text, exampleSchema)).toEqual({ kind: 'not-json' });
    }
  });

  test('does not run a schema that could not have been asked for', () => {
    const endless = around({ type: 'string', pattern: '^(a+)+$' });
    const text = JSON.stringify({ x: `${'a'.repeat(60)}!` });
    expect(verdictOn(text, JSON.stringify(endless))).toEqual({ kind: 'unknown-schema' });
  });
});

test.each([
  [{ type: 'string', const: 5 }, 'const'],
  [{ type: 'integer', const: 1.5 }, 'const'],
  [{ type: ['string', 'null'], const: false }, 'const'],
  [{ type: 'object', const: [] }, 'const'],
  [{ type: 'array', const: {} }, 'const'],
  [{ type: 'number', enum: ['1', '2'] }, 'enum'],
  [{ type: 'string', enum: ['a', 2] }, 'enum'],
  [{ type: 'null', enum: [0] }, 'enum'],
])('%j asks for a value that its type forbids, and is refused by name', (inner, keyword) => {
  expect(problemOf(around(inner))).toEqual({ kind: 'value', path: '#/properties/x', keyword });
});

test.each([
  { type: 'number', const: 5 },
  { type: 'integer', enum: [1, 2.0] },
  { type: ['string', 'null'], enum: ['a', null] },
  { type: 'array', const: [1] },
  { type: 'object', const: { a: 1 } },
  { enum: ['a', 2, null] },
])('%j asks for values that it can have', (inner) => {
  expect(problemOf(around(inner))).toBeUndefined();
});
