// @ts-check
/**
 * What the stand-in for an API does, by the name of the model that is asked: independent of the wire protocol.
 *
 * @typedef {{ input: number, cached: number, output: number, thinking: number }} Usage
 * @typedef {object} Scenario
 * @property {readonly string[]} [thinking] pieces that come before the answer
 * @property {readonly string[]} [text] pieces of the answer
 * @property {boolean} [tool] the model asks for a tool in place of an answer
 * @property {'stop' | 'length' | 'refusal'} [end]
 * @property {Usage | null} [usage] null: the API does not tell
 * @property {number} [firstMs] before the headers are followed by anything
 * @property {number} [rate] pieces per second, by the clock
 * @property {number} [stallAfter] pieces after which nothing comes any more, and the connection stays
 * @property {number} [cutAfter] pieces after which the connection is destroyed
 * @property {number} [endAfter] pieces after which the body ends as if it were complete
 * @property {number} [breakAfter] pieces after which a line comes that is no JSON
 * @property {number} [errorAfter] pieces after which an error comes inside the stream
 * @property {boolean} [hugeLine] one line of 6 MiB that never ends
 * @property {'split' | 'crlf' | 'comments'} [framing]
 * @property {{ status: number, code: string, message: string, retryAfter?: string, exposed?: boolean }} [error]
 * @property {boolean} [html] a web page in place of an answer
 */

/** @type {Usage} */
const usage = { input: 12, cached: 4, output: 5, thinking: 0 };
const answer = ['The', ' answer', ' is', ' 42', '.'];
/** Five seconds at 500 a second: long enough that a late last packet of a busy machine stays far below 2 %. */
const many = Array.from({ length: 2500 }, (_, index) => `t${index} `);

/** @param {number} count */
const counted = (count) => ({ input: 9, cached: 0, output: count, thinking: 0 });

/** @type {Readonly<Record<string, Scenario>>} */
export const scenarios = {
  normal: { text: answer, usage },
  slower: { text: answer, usage, rate: 20 },
  thinking: {
    thinking: ['Six', ' times', ' seven', '…'],
    text: answer,
    usage: { input: 20, cached: 0, output: 5, thinking: 7 },
  },
  /** Thinks, is paid for it, and does not show it. */
  'thinks-unseen': { text: answer, usage: { input: 20, cached: 0, output: 5, thinking: 7 } },
  /** By this name Anthropic's package knows a model that can be held to a schema. */
  'claude-json': { text: ['{"answer":', ' "forty-two",', ' "right": true}'], usage },
  'tool-call': { tool: true, usage },
  refusal: { text: ['I', ' cannot'], end: 'refusal', usage },
  length: { text: answer, end: 'length', usage },
  'slow-start': { text: answer, usage, firstMs: 1500 },
  stall: { text: answer, usage, stallAfter: 3 },
  cut: { text: answer, usage, cutAfter: 3 },
  'clean-cut': { text: answer, usage, endAfter: 3 },
  malformed: { text: answer, usage, breakAfter: 3 },
  'error-inside': { text: answer, usage, errorAfter: 3 },
  'error-first': { text: answer, usage, errorAfter: 0 },
  'huge-line': { hugeLine: true },
  'split-utf8': { text: ['naïve ', '日本語', ' 🦊', ' ok'], usage, framing: 'split' },
  crlf: { text: answer, usage, framing: 'crlf' },
  comments: { text: answer, usage, framing: 'comments' },
  'missing-usage': { text: answer, usage: null },
  'rate-500': { text: many, usage: counted(many.length), rate: 500 },
  forever: { text: Array.from({ length: 100_000 }, () => 'on '), usage, rate: 50 },
  html: { html: true },
  unauthorized: {
    error: { status: 401, code: 'invalid_api_key', message: 'Incorrect API key provided: KEY' },
  },
  forbidden: { error: { status: 403, code: 'permission_denied', message: 'KEY may not use this model' } },
  unknown: { error: { status: 404, code: 'model_not_found', message: 'no such model' } },
  'rate-limit': {
    error: {
      status: 429,
      code: 'rate_limit_exceeded',
      message: 'slow down',
      retryAfter: '7',
      exposed: true,
    },
  },
  'rate-limit-hidden': {
    error: { status: 429, code: 'rate_limit_exceeded', message: 'slow down', retryAfter: '7' },
  },
  'rate-limit-unsaid': { error: { status: 429, code: 'rate_limit_exceeded', message: 'slow down' } },
  quota: { error: { status: 429, code: 'insufficient_quota', message: 'add credit' } },
  'too-long': {
    error: { status: 400, code: 'context_length_exceeded', message: 'the prompt is too long: 9000 > 8192' },
  },
  'bad-parameter': {
    error: { status: 400, code: 'unsupported_value', message: 'temperature is not supported' },
  },
  broken: { error: { status: 500, code: 'server_error', message: 'it broke' } },
};
