/** Images in requests to the APIs: the form that each protocol has for them, and a model that does not take them. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { GenerateRequest } from '../../src/domain/engine';
import { dataUrlOf } from '../../src/domain/images';
import type { ProviderKind } from '../../src/domain/provider';
import { recordRun, type RunTrace } from '../../src/domain/trace';
import { ProviderEngine } from '../../workers/providers/provider-engine';
import { aRequest } from '../support/fake-engine';
import { green, redBlue } from '../support/images';
import { accountAt } from '../support/provider-account';
import { startProviderServer } from '../support/provider-server.mjs';

let server: Awaited<ReturnType<typeof startProviderServer>>;
beforeAll(async () => {
  server = await startProviderServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.requests.length = 0;
});

function run(kind: ProviderKind, model: string, withImages = true): Promise<RunTrace> {
  const engine = new ProviderEngine({
    account: accountAt(server.origin, kind),
    model,
    key: () => 'sk-test',
    backOffMs: () => 1000,
    onSuccess: () => undefined,
  });
  const images = withImages ? { images: [redBlue, green] } : {};
  const request: GenerateRequest = {
    ...aRequest(),
    prompt: { kind: 'chat', messages: [{ role: 'user', content: 'Which colours?', ...images }] },
  };
  return recordRun(engine, request, {
    signal: new AbortController().signal,
    now: () => performance.now(),
    onMark: () => undefined,
  });
}

function codeOf(trace: RunTrace): string | undefined {
  return trace.end.kind === 'failed' ? trace.end.failure.code : undefined;
}

const text = 'Which colours?';
const urls = [redBlue, green].map(dataUrlOf);
const chat = {
  messages: [
    {
      role: 'user',
      content: [...urls.map((url) => ({ type: 'image_url', image_url: { url } })), { type: 'text', text }],
    },
  ],
};

const shapes: Readonly<Record<ProviderKind, object>> = {
  openai: {
    input: [
      {
        role: 'user',
        content: [
          ...urls.map((url) => ({ type: 'input_image', image_url: url })),
          { type: 'input_text', text },
        ],
      },
    ],
  },
  anthropic: {
    messages: [
      {
        role: 'user',
        content: [
          ...[redBlue, green].map(({ base64 }) => ({
            type: 'image',
            source: { type: 'base64', media_type: 'image/png', data: base64 },
          })),
          { type: 'text', text },
        ],
      },
    ],
  },
  gemini: {
    contents: [
      {
        role: 'user',
        parts: [
          ...[redBlue, green].map(({ base64 }) => ({ inlineData: { mimeType: 'image/png', data: base64 } })),
          { text },
        ],
      },
    ],
  },
  openrouter: chat,
  compatible: chat,
};

describe.each(Object.keys(shapes) as ProviderKind[])('%s', (kind) => {
  test('is sent the images before the text, whole, and without their names', async () => {
    const trace = await run(kind, 'normal');
    expect(trace.end).toMatchObject({ kind: 'completed' });
    if (trace.end.kind === 'completed') expect(trace.end.completion.ignored).toBeUndefined();
    const { body = '' } = server.requests.find(({ method }) => method === 'POST') ?? {};
    expect(JSON.parse(body)).toMatchObject(shapes[kind]);
    expect(body).not.toContain(redBlue.name);
  });

  test('that does not take images is told apart from one that does not take the request', async () => {
    expect(codeOf(await run(kind, 'no-images'))).toBe('images-refused');
    expect(codeOf(await run(kind, 'no-images-route'))).toBe('images-refused');
    expect(codeOf(await run(kind, 'bad-parameter'))).toBe('request-rejected');
    // Without an image it is something else that the provider means.
    expect(codeOf(await run(kind, 'no-images', false))).toBe('request-rejected');
  });
});
