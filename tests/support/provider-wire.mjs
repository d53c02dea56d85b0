// @ts-check
/**
 * The four wire protocols, as frames of an event stream. Shapes after the providers' published references:
 * OpenAI Responses, OpenAI Chat Completions (spoken by compatible servers), Anthropic Messages, Gemini generateContent.
 *
 * @typedef {import('./provider-scenarios.mjs').Usage} Usage
 * @typedef {{ event?: string, data: unknown }} Frame
 * @typedef {object} Wire
 * @property {(model: string) => Frame[]} begin
 * @property {(piece: string, index: number) => Frame[]} thinking
 * @property {(thought: boolean) => Frame[]} [answer] between thinking and text
 * @property {(piece: string, index: number) => Frame[]} text
 * @property {() => Frame[]} tool
 * @property {(message: string) => Frame[]} error inside the stream
 * @property {(end: 'stop' | 'length' | 'refusal' | 'tool', usage: Usage | null) => Frame[]} end
 * @property {(status: number, code: string, message: string) => unknown} failure body of an error answer
 * @property {(models: readonly string[]) => unknown} listing
 */

/** @param {Record<string, unknown>} data */
const frame = (data) => ({ data });

/** @type {Wire} */
export const compatible = {
  begin: (model) => [chat({ role: 'assistant', content: '' }, null, model)],
  thinking: (piece) => [chat({ reasoning_content: piece })],
  text: (piece) => [chat({ content: piece })],
  tool: () => [
    chat({
      tool_calls: [
        { index: 0, id: 'call_1', type: 'function', function: { name: 'look_up', arguments: '{}' } },
      ],
    }),
  ],
  error: (message) => [frame({ error: { message, type: 'server_error', code: 500 } })],
  end: (end, usage) => [
    chat({}, { stop: 'stop', length: 'length', refusal: 'content_filter', tool: 'tool_calls' }[end]),
    ...(usage === null
      ? []
      : [
          frame({
            id: 'c1',
            choices: [],
            usage: {
              prompt_tokens: usage.input,
              completion_tokens: usage.output + usage.thinking,
              prompt_tokens_details: { cached_tokens: usage.cached },
              completion_tokens_details: { reasoning_tokens: usage.thinking },
            },
          }),
        ]),
    { data: '[DONE]' },
  ],
  failure: (_status, code, message) => ({ error: { message, type: 'invalid_request_error', code } }),
  listing: (models) => ({
    object: 'list',
    data: models.map((id) => ({ id, object: 'model', context_length: 8192 })),
  }),
};

/**
 * @param {Record<string, unknown>} delta
 * @param {string | null} [finish]
 * @param {string} [model]
 */
function chat(delta, finish = null, model = 'm') {
  return frame({
    id: 'c1',
    object: 'chat.completion.chunk',
    created: 1,
    model,
    choices: [{ index: 0, delta, finish_reason: finish }],
  });
}

/** @type {Wire} */
export const openai = {
  begin: (model) => [event('response.created', { response: { id: 'r1', created_at: 1, model } })],
  thinking: (piece, index) => [
    ...(index === 0
      ? [
          event('response.output_item.added', {
            output_index: 0,
            item: { type: 'reasoning', id: 'rs1', encrypted_content: null },
          }),
          event('response.reasoning_summary_part.added', { item_id: 'rs1', summary_index: 0 }),
        ]
      : []),
    event('response.reasoning_summary_text.delta', { item_id: 'rs1', summary_index: 0, delta: piece }),
  ],
  text: (piece, index) => [
    ...(index === 0
      ? [event('response.output_item.added', { output_index: 1, item: { type: 'message', id: 'm1' } })]
      : []),
    event('response.output_text.delta', { item_id: 'm1', output_index: 1, content_index: 0, delta: piece }),
  ],
  tool: () => [
    event('response.output_item.added', {
      output_index: 1,
      item: { type: 'function_call', id: 'f1', call_id: 'call_1', name: 'look_up', arguments: '' },
    }),
    event('response.output_item.done', {
      output_index: 1,
      item: {
        type: 'function_call',
        id: 'f1',
        call_id: 'call_1',
        name: 'look_up',
        arguments: '{}',
        status: 'completed',
      },
    }),
  ],
  error: (message) => [
    event('error', { sequence_number: 9, error: { type: 'server_error', code: 'server_error', message } }),
  ],
  end: (end, usage) => [
    event(end === 'stop' || end === 'tool' ? 'response.completed' : 'response.incomplete', {
      response: {
        incomplete_details:
          end === 'length'
            ? { reason: 'max_output_tokens' }
            : end === 'refusal'
              ? { reason: 'content_filter' }
              : null,
        usage: usage && {
          input_tokens: usage.input,
          input_tokens_details: { cached_tokens: usage.cached },
          output_tokens: usage.output + usage.thinking,
          output_tokens_details: { reasoning_tokens: usage.thinking },
        },
      },
    }),
  ],
  failure: (_status, code, message) => ({
    error: { message, type: 'invalid_request_error', param: null, code },
  }),
  listing: (models) => ({ object: 'list', data: models.map((id) => ({ id, object: 'model' })) }),
};

/**
 * @param {string} type
 * @param {Record<string, unknown>} data
 */
function event(type, data) {
  return { event: type, data: { type, ...data } };
}

/** @type {Wire} */
export const anthropic = {
  begin: (model) => [
    event('message_start', {
      message: {
        id: 'm1',
        type: 'message',
        role: 'assistant',
        model,
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: { input_tokens: 1, output_tokens: 1 },
      },
    }),
    event('ping', {}),
  ],
  thinking: (piece, index) => [
    ...(index === 0
      ? [
          event('content_block_start', {
            index: 0,
            content_block: { type: 'thinking', thinking: '', signature: '' },
          }),
        ]
      : []),
    event('content_block_delta', { index: 0, delta: { type: 'thinking_delta', thinking: piece } }),
  ],
  answer: (thought) => [
    ...(thought ? [event('content_block_stop', { index: 0 })] : []),
    event('content_block_start', { index: 1, content_block: { type: 'text', text: '' } }),
  ],
  text: (piece) => [event('content_block_delta', { index: 1, delta: { type: 'text_delta', text: piece } })],
  tool: () => [
    event('content_block_start', {
      index: 2,
      content_block: { type: 'tool_use', id: 't1', name: 'look_up', input: {} },
    }),
    event('content_block_delta', { index: 2, delta: { type: 'input_json_delta', partial_json: '{}' } }),
    event('content_block_stop', { index: 2 }),
  ],
  error: (message) => [event('error', { error: { type: 'overloaded_error', message } })],
  end: (end, usage) => [
    event('content_block_stop', { index: 1 }),
    event('message_delta', {
      delta: {
        stop_reason: { stop: 'end_turn', length: 'max_tokens', refusal: 'refusal', tool: 'tool_use' }[end],
        stop_sequence: null,
      },
      usage:
        usage === null
          ? { output_tokens: 0 }
          : {
              input_tokens: usage.input - usage.cached - (usage.written ?? 0),
              cache_read_input_tokens: usage.cached,
              cache_creation_input_tokens: usage.written ?? 0,
              output_tokens: usage.output + usage.thinking,
              output_tokens_details: { thinking_tokens: usage.thinking },
            },
    }),
    event('message_stop', {}),
  ],
  failure: (status, code, message) => ({
    type: 'error',
    error: {
      type:
        {
          401: 'authentication_error',
          403: 'permission_error',
          404: 'not_found_error',
          429: 'rate_limit_error',
        }[status] ?? (status >= 500 ? 'api_error' : 'invalid_request_error'),
      message: `${code}: ${message}`,
    },
  }),
  listing: (models) => ({
    data: models.map((id) => ({ id, type: 'model', display_name: `Model ${id}` })),
    has_more: false,
  }),
};

/** @type {Wire} */
export const gemini = {
  begin: () => [],
  thinking: (piece) => [candidate([{ text: piece, thought: true }])],
  text: (piece) => [candidate([{ text: piece }])],
  tool: () => [candidate([{ functionCall: { name: 'look_up', args: {} } }])],
  error: (message) => [frame({ error: { code: 503, message, status: 'UNAVAILABLE' } })],
  end: (end, usage) => [
    frame({
      candidates: [
        {
          content: { role: 'model', parts: [] },
          finishReason: { stop: 'STOP', length: 'MAX_TOKENS', refusal: 'SAFETY', tool: 'STOP' }[end],
          index: 0,
        },
      ],
      ...(usage && {
        usageMetadata: {
          promptTokenCount: usage.input,
          cachedContentTokenCount: usage.cached,
          candidatesTokenCount: usage.output,
          thoughtsTokenCount: usage.thinking,
          totalTokenCount: usage.input + usage.output + usage.thinking,
        },
      }),
    }),
  ],
  failure: (status, code, message) => ({
    error: {
      code: status,
      message: `${code}: ${message}`,
      status:
        {
          401: 'UNAUTHENTICATED',
          403: 'PERMISSION_DENIED',
          404: 'NOT_FOUND',
          429: 'RESOURCE_EXHAUSTED',
          500: 'INTERNAL',
        }[status] ?? 'INVALID_ARGUMENT',
    },
  }),
  listing: (models) => ({
    models: models.map((id) => ({
      name: `models/${id}`,
      displayName: `Model ${id}`,
      inputTokenLimit: 8192,
      supportedGenerationMethods: ['generateContent'],
    })),
  }),
};

/** @param {readonly Record<string, unknown>[]} parts */
function candidate(parts) {
  return frame({ candidates: [{ content: { role: 'model', parts }, index: 0 }] });
}
