/** Keys in what providers say, listings and addresses: anything may come. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FailureError } from '../../src/domain/failure';
import {
  addressProblem,
  cleanAddress,
  parseRemoteVariantId,
  remoteVariantId,
} from '../../src/domain/provider';
import { complaintFailure, scrub } from '../../src/providers/errors';
import { readListing } from '../../src/providers/listing';

const KEY = 'sk-proj-AbCdEf0123456789';
const context = { now: 1_000_000, backOffMs: () => 10_000, key: KEY };

describe('scrubbing', () => {
  test('takes out the key, its masked form, and what looks like another one', () => {
    expect(scrub(`Incorrect API key provided: ${KEY}.`, KEY)).not.toContain(KEY);
    expect(scrub('Incorrect API key provided: sk-pr******6789.', KEY)).not.toContain('6789');
    expect(scrub('bad key AIzaSyD-1234567890abcdef', undefined)).not.toContain('1234567890');
  });

  test('takes out any piece of a key, whatever it looks like and however it is written', () => {
    const plain = 'Qm7/t4+Lz9=Wd2~Kx8.Vn3';
    for (const said of [
      plain.slice(0, -6),
      plain.slice(5),
      plain.toLowerCase(),
      `Bearer ${plain}`,
      `${plain}${plain}`,
    ]) {
      const clean = scrub(`nobody knows ${said}, sorry`, plain);
      for (let at = 0; at + 8 <= plain.length; at += 1)
        expect(clean.toLowerCase()).not.toContain(plain.slice(at, at + 8).toLowerCase());
      expect(clean).toMatch(/^nobody knows .*\[key\].*, sorry$/);
    }
    expect(scrub('a short one: abc', 'abc')).toBe('a short one: [key]');
    expect(scrub('nothing of it is here', plain)).toBe('nothing of it is here');
  });

  test('whatever is said, the key is not repeated', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.integer({ min: 300, max: 599 }), (before, after, status) => {
        const body = { error: { message: `${before}${KEY}${after}`, code: before, type: `${KEY}` } };
        const { failure } = complaintFailure({ status, body }, context);
        expect(failure.detail).not.toContain(KEY);
      }),
    );
  });

  test('any JSON comes to some failure', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.option(fc.integer({ min: 100, max: 599 })), (body, status) => {
        expect(complaintFailure({ status: status ?? undefined, body }, context)).toBeInstanceOf(FailureError);
      }),
    );
  });
});

describe('how long to wait', () => {
  const limited = (retryAfter?: string, body: unknown = {}) =>
    complaintFailure({ status: 429, body, retryAfter }, context).failure;

  test('seconds, a date, a delay in the body, or a guess', () => {
    expect(limited('12')).toMatchObject({ code: 'rate-limited', retryAt: 1_012_000 });
    expect(limited(new Date(1_030_000).toUTCString())).toMatchObject({ retryAt: 1_030_000 });
    const details = [{ '@type': 'RetryInfo', retryDelay: '3.5s' }];
    expect(limited(undefined, { error: { code: 429, details } })).toMatchObject({ retryAt: 1_003_500 });
    expect(limited()).toMatchObject({ retryAt: 1_010_000, retryGuessed: true });
    expect(limited('soon')).toMatchObject({ retryGuessed: true });
  });
});

describe('what a status alone would say wrongly', () => {
  const codeOf = (status: number | undefined, body: unknown) =>
    complaintFailure({ status, body }, context).failure.code;

  test('OpenRouter says 403 of a prompt that its moderation refused', () => {
    const metadata = { reasons: ['violence'], flagged_input: 'how do I', provider_name: 'OpenAI' };
    expect(codeOf(403, { error: { code: 403, message: 'input flagged', metadata } })).toBe('answer-refused');
    expect(codeOf(403, { error: { code: 403, message: 'no' } })).toBe('key-rejected');
  });

  test('a server that gave up waiting is not the fault of the request', () => {
    expect(codeOf(408, { error: { code: 408, message: 'timed out' } })).toBe('provider-error');
  });

  test('what was turned away before a model saw it is not billed; what may have been answered, or was judged, may be', () => {
    const unbilled = (status: number | undefined, body: unknown = {}) =>
      complaintFailure({ status, body }, context).failure.unbilled === true;
    for (const status of [400, 401, 402, 403, 404, 413, 422, 429, 503, 529])
      expect([status, unbilled(status)]).toEqual([status, true]);
    for (const status of [undefined, 408, 500, 502, 504])
      expect([status, unbilled(status)]).toEqual([status, false]);
    expect(unbilled(400, { error: { code: 'content_filter', message: 'no' } })).toBe(false);
    expect(unbilled(undefined, { error: { code: 'insufficient_quota', message: 'no' } })).toBe(false);
  });

  test('a limit inside an answer may have been billed, and is not told as one before it', () => {
    const body = { error: { code: 'rate_limit_exceeded', message: 'slow down' } };
    expect(codeOf(429, body)).toBe('rate-limited');
    expect(codeOf(undefined, body)).toBe('provider-error');
  });
});

describe('listings', () => {
  test('OpenAI, OpenRouter, vLLM, Anthropic and Gemini', () => {
    const data = [
      { id: 'a' },
      { id: 'b', name: 'B', context_length: 4096 },
      { id: 'c', max_model_len: 8192 },
      { id: 'd', display_name: 'D' },
    ];
    expect(readListing({ data })).toEqual([
      { id: 'a' },
      { id: 'b', name: 'B', contextTokens: 4096 },
      { id: 'c', contextTokens: 8192 },
      { id: 'd', name: 'D' },
    ]);
    const models = [
      {
        name: 'models/g',
        displayName: 'G',
        inputTokenLimit: 32,
        supportedGenerationMethods: ['generateContent'],
      },
      { name: 'models/e', supportedGenerationMethods: ['embedContent'] },
    ];
    expect(readListing({ models })).toEqual([{ id: 'g', name: 'G', contextTokens: 32 }]);
  });

  test('a name that is listed twice is there once', () => {
    expect(readListing({ data: [{ id: 'a' }, { id: 'b' }, { id: 'a', name: 'A' }] })).toEqual([
      { id: 'a', name: 'A' },
      { id: 'b' },
    ]);
  });

  test('anything else is refused as no API, and nothing else is thrown', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        try {
          expect(Array.isArray(readListing(body))).toBe(true);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(FailureError);
        }
      }),
    );
  });
});

describe('addresses and names', () => {
  test.each([
    ['https://api.example.com/v1', undefined],
    ['http://localhost:8000/v1', undefined],
    ['http://127.0.0.1:11434/v1', undefined],
    ['http://[::1]:8080/v1', undefined],
    ['http://192.168.1.2:8000/v1', 'insecure'],
    ['http://localhost.example.com/v1', 'insecure'],
    ['ftp://example.com', 'unreadable'],
    ['javascript:alert(1)', 'unreadable'],
    ['api.example.com/v1', 'unreadable'],
    ['https://user:secret@example.com/v1', 'secret'],
    ['https://example.com/v1?key=secret', 'secret'],
    ['https://example.com/v1#secret', 'secret'],
  ] as const)('%s is %s', (address, problem) => {
    expect(addressProblem(address)).toBe(problem);
  });

  test('an address is kept without its blanks and last slashes', () => {
    expect(cleanAddress(' https://a.example/v1// ')).toBe('https://a.example/v1');
    expect(cleanAddress('http://[::1]:8080/v1')).toBe('http://localhost:8080/v1');
  });

  test('a model keeps its name, slashes and all', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (model) => {
        expect(parseRemoteVariantId(remoteVariantId('account-1', model))).toEqual({
          accountId: 'account-1',
          model,
        });
      }),
    );
    expect(parseRemoteVariantId('pocket/onnx/q8')).toBeUndefined();
    expect(parseRemoteVariantId('api:no-model')).toBeUndefined();
  });
});
