/**
 * Answers as JSON: what a person asks for, and which JSON schemas an answer can be held to.
 *
 * Engines and APIs know different parts of JSON Schema, and some leave out in silence what they do not know. So the
 * part is taken that all of them can keep to, and everything else is refused by its name: then one schema means the
 * same in every lane. `docs/decisions/0015-json-answers.md` says what was left out, and why.
 */

/** A conversation's wish for JSON. */
export interface JsonAnswer {
  readonly on: boolean;
  /** As typed: kept while it is off, and while it is no schema yet. */
  readonly text: string;
}

export const noJsonAnswer: JsonAnswer = { on: false, text: '' };

/** Longest schema, in UTF-16 code units as typed. */
export const MAX_SCHEMA_CHARACTERS = 20_000;
/** Most levels of brackets in it. */
const MAX_DEPTH = 40;
/** Largest number of items or characters that a schema may speak of: grammars grow with it. */
export const MAX_SCHEMA_COUNT = 1_000;

export const exampleSchema = `{
  "type": "object",
  "properties": {
    "answer": { "type": "string" },
    "right": { "type": "boolean" }
  },
  "required": ["answer", "right"]
}`;

/** Why a text is no schema that can be used. A path is a JSON pointer behind `#`. */
export type SchemaProblem =
  | { readonly kind: 'empty' }
  | { readonly kind: 'too-long'; readonly length: number }
  /** `detail` is the browser's own message. */
  | { readonly kind: 'not-json'; readonly detail: string }
  | { readonly kind: 'too-deep' }
  /** JSON, but at its top no schema of an object with properties. */
  | { readonly kind: 'not-an-object' }
  /** Something else stands where a schema belongs. */
  | { readonly kind: 'not-a-schema'; readonly path: string }
  /** A schema that says nothing of the value. */
  | { readonly kind: 'no-type'; readonly path: string }
  | {
      readonly kind: 'keyword';
      readonly path: string;
      readonly keyword: string;
      /** What may stand there. */
      readonly known: readonly string[];
    }
  /** A keyword with a value that it cannot have, or that contradicts another. */
  | { readonly kind: 'value'; readonly path: string; readonly keyword: string };

export type SchemaCheck =
  /** `schema` is the same schema as JSON without spaces. */
  { readonly ok: true; readonly schema: string } | { readonly ok: false; readonly problem: SchemaProblem };

export type JsonSchema = Readonly<Record<string, unknown>>;

const keywordsOf = {
  object: ['properties', 'required', 'additionalProperties'],
  array: ['items', 'minItems', 'maxItems'],
  string: ['minLength', 'maxLength'],
  integer: ['minimum', 'maximum'],
  number: [],
  boolean: [],
  null: [],
} as const satisfies Record<string, readonly string[]>;
type SchemaType = keyof typeof keywordsOf;

/** May stand in any schema and limit nothing. */
const notes = ['title', 'description', 'default', 'examples', '$comment'];
/** The same, at the top alone. */
const topNotes = ['$schema', '$id'];
/** Of the notes, those that a model behind an API can make use of. */
const passedOn = ['title', 'description'];

/** Checks what was typed. Never throws. */
export function checkSchema(text: string): SchemaCheck {
  const problem = (found: SchemaProblem): SchemaCheck => ({ ok: false, problem: found });
  if (text.trim() === '') return problem({ kind: 'empty' });
  if (text.length > MAX_SCHEMA_CHARACTERS) return problem({ kind: 'too-long', length: text.length });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (thrown) {
    return problem({ kind: 'not-json', detail: thrown instanceof Error ? thrown.message : String(thrown) });
  }
  if (isDeeper(json, MAX_DEPTH)) return problem({ kind: 'too-deep' });
  if (!isSchema(json) || json['type'] !== 'object' || !isSchema(json['properties']))
    return problem({ kind: 'not-an-object' });
  const found = problemIn(json, '#');
  return found === undefined ? { ok: true, schema: JSON.stringify(json) } : problem(found);
}

/**
 * What an engine is given of a schema that `checkSchema` let through. Engines differ in what they take an object for
 * that does not say whether it may have more properties than it names, so each says it here: no, unless it names none.
 */
export function constraintOf(schema: string): JsonSchema {
  return explicit(JSON.parse(schema) as JsonSchema);
}

/** The problem in a few technical words, for a report. */
export function problemDetail(problem: SchemaProblem): string {
  if ('keyword' in problem) return `"${problem.keyword}" at ${problem.path}`;
  return 'path' in problem ? `${problem.kind} at ${problem.path}` : problem.kind;
}

/** All keywords of a schema and of the schemas in it. */
export function keywordsIn(schema: JsonSchema): ReadonlySet<string> {
  return new Set([
    ...Object.keys(schema),
    ...schemasIn(schema, '').flatMap(({ schema: inner }) => (isSchema(inner) ? [...keywordsIn(inner)] : [])),
  ]);
}

/** The schemas that lie directly in one, each with its path. What they are is not looked at. */
export function schemasIn(
  schema: JsonSchema,
  path: string,
): readonly { readonly schema: unknown; readonly path: string }[] {
  const { properties, items, additionalProperties: more, anyOf } = schema;
  return [
    ...(isSchema(properties) ? Object.entries(properties) : []).map(([name, inner]) => ({
      schema: inner,
      path: `${path}/properties/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    })),
    ...(items === undefined ? [] : [{ schema: items, path: `${path}/items` }]),
    ...(more === undefined || typeof more === 'boolean'
      ? []
      : [{ schema: more, path: `${path}/additionalProperties` }]),
    ...(Array.isArray(anyOf) ? (anyOf as unknown[]) : []).map((inner, index) => ({
      schema: inner,
      path: `${path}/anyOf/${index}`,
    })),
  ];
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

function problemIn(schema: unknown, path: string): SchemaProblem | undefined {
  if (!isSchema(schema)) return { kind: 'not-a-schema', path };
  if ('type' in schema && !holds('type', schema)) return { kind: 'value', path, keyword: 'type' };
  const known = knownIn(schema);
  const allowed = [...known, ...notes, ...(path === '#' ? topNotes : [])];
  const keyword = Object.keys(schema).find((name) => !allowed.includes(name));
  if (keyword !== undefined) return { kind: 'keyword', path, keyword, known };
  if (!['type', 'enum', 'const', 'anyOf'].some((name) => name in schema)) return { kind: 'no-type', path };
  const wrong = allowed.find((name) => name in schema && !holds(name, schema));
  if (wrong !== undefined) return { kind: 'value', path, keyword: wrong };
  for (const { schema: inner, path: where } of schemasIn(schema, path)) {
    const problem = problemIn(inner, where);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** What may stand in a schema, by what it says first. Engines look no further where they meet the first three. */
function knownIn(schema: JsonSchema): readonly string[] {
  if ('anyOf' in schema) return ['anyOf'];
  if ('const' in schema) return ['type', 'const'];
  if ('enum' in schema) return ['type', 'enum'];
  const types = typesOf(schema);
  if (types === undefined) return ['type', 'enum', 'const', 'anyOf'];
  return ['type', ...types.flatMap((type) => keywordsOf[type])];
}

/** Undefined where `type` is missing or no type. */
function typesOf({ type }: JsonSchema): readonly SchemaType[] | undefined {
  const named: readonly unknown[] = Array.isArray(type) ? type : [type];
  return named.length > 0 && named.every(isType) ? named : undefined;
}

function isType(name: unknown): name is SchemaType {
  return typeof name === 'string' && Object.hasOwn(keywordsOf, name);
}

/** Whether a keyword has a value that it can have. Schemas in it are looked at for themselves. */
function holds(keyword: string, schema: JsonSchema): boolean {
  const value = schema[keyword];
  switch (keyword) {
    case 'type': {
      const types = typesOf(schema);
      // Every integer is a number: of the two, one means nothing.
      const both = types?.includes('integer') === true && types.includes('number');
      return types !== undefined && !both && new Set(types).size === types.length;
    }
    case 'const':
      return isOfType(value, schema);
    case 'enum':
      return Array.isArray(value) && value.length > 0 && value.every((one) => isOfType(one, schema));
    case 'anyOf':
      return Array.isArray(value) && value.length > 0;
    case 'properties':
      return isSchema(value);
    case 'required': {
      const { properties = {} } = schema;
      const names: readonly unknown[] = Array.isArray(value) ? value : [undefined];
      return names.every(
        (name) => typeof name === 'string' && isSchema(properties) && Object.hasOwn(properties, name),
      );
    }
    case 'minItems':
    case 'minLength':
      return isCount(value);
    case 'maxItems':
      return isCount(value) && value >= lower(schema['minItems'], 0);
    case 'maxLength':
      return isCount(value) && value >= lower(schema['minLength'], 0);
    case 'minimum':
      return Number.isSafeInteger(value);
    case 'maximum':
      return Number.isSafeInteger(value) && Number(value) >= lower(schema['minimum'], -Infinity);
    case 'title':
    case 'description':
    case '$comment':
    case '$schema':
    case '$id':
      return typeof value === 'string';
    default:
      return true;
  }
}

/** Engines look at no type beside a `const` or an `enum`: a value that the type forbids would be answered. */
function isOfType(value: unknown, schema: JsonSchema): boolean {
  const types = typesOf(schema);
  return types === undefined || types.some((type) => isOf[type](value));
}

const isOf: Readonly<Record<SchemaType, (value: unknown) => boolean>> = {
  object: isSchema,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  integer: (value) => Number.isInteger(value),
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
};

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_SCHEMA_COUNT;
}

function lower(bound: unknown, otherwise: number): number {
  return typeof bound === 'number' ? bound : otherwise;
}

function explicit(schema: JsonSchema): JsonSchema {
  const given = Object.entries(schema).flatMap(([name, value]): [string, unknown][] => {
    if (topNotes.includes(name) || (notes.includes(name) && !passedOn.includes(name))) return [];
    return [[name, explicitValue(name, value)]];
  });
  const isObject = knownIn(schema).includes('properties') && !('additionalProperties' in schema);
  // Built from entries: a property of any name stays one.
  return Object.fromEntries(
    isObject ? [...given, ['additionalProperties', !('properties' in schema)]] : given,
  );
}

function explicitValue(name: string, value: unknown): unknown {
  if (name === 'anyOf' && Array.isArray(value)) return value.map((inner) => explicit(inner as JsonSchema));
  if (!isSchema(value)) return value;
  if (name === 'items' || name === 'additionalProperties') return explicit(value);
  if (name !== 'properties') return value;
  return Object.fromEntries(
    Object.entries(value).map(([property, inner]) => [property, explicit(inner as JsonSchema)]),
  );
}
