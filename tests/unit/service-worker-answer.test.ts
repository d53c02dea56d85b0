import { expect, test } from 'vitest';
import { partOf, withHeaders } from '../../workers/service-worker/answer';

const stored = () => new Response('0123456789', { headers: { 'content-type': 'text/plain' } });

test.each([
  ['bytes=0-', 206, '0123456789', 'bytes 0-9/10'],
  ['bytes=4-', 206, '456789', 'bytes 4-9/10'],
  ['bytes=4-6', 206, '456', 'bytes 4-6/10'],
  ['bytes=4-99', 206, '456789', 'bytes 4-9/10'],
  ['bytes=-3', 206, '789', 'bytes 7-9/10'],
  ['bytes=-99', 206, '0123456789', 'bytes 0-9/10'],
  ['bytes=10-', 416, '', 'bytes */10'],
  ['bytes=6-4', 416, '', 'bytes */10'],
  ['bytes=0-1,4-5', 200, '0123456789', null],
  ['lines=0-1', 200, '0123456789', null],
])('%s of ten bytes', async (range, status, body, contentRange) => {
  const part = await partOf(stored(), range);
  expect(part.status).toBe(status);
  expect(await part.text()).toBe(body);
  expect(part.headers.get('content-range')).toBe(contentRange);
  if (status === 206) expect(part.headers.get('content-length')).toBe(String(body.length));
});

test('headers are replaced, and status and body stay', async () => {
  const answer = withHeaders(
    new Response('no', { status: 404, headers: { 'x-policy': 'old', 'x-other': 'kept' } }),
    {
      'X-Policy': 'new',
    },
  );
  expect([answer.status, answer.headers.get('x-policy'), answer.headers.get('x-other')]).toEqual([
    404,
    'new',
    'kept',
  ]);
  expect(await answer.text()).toBe('no');
  expect(withHeaders(new Response(null, { status: 204 }), {}).status).toBe(204);
});
