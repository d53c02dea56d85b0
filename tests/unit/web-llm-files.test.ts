import { expect, test } from 'vitest';
import { FailureError } from '../../src/domain/failure';
import { cachesOver, tellingFailures } from '../../workers/engines/web-llm-files';

const SHARD = 'https://app.example/models/small/params_shard_0.bin';
const damaged = new FailureError('file-damaged', 'params_shard_0.bin: chunk 1');

function heardOf(fetchFile: typeof fetch) {
  const heard: unknown[] = [];
  const caches = cachesOver(tellingFailures(fetchFile, (thrown) => heard.push(thrown)));
  return { heard, caches };
}

test('a file is given on as it is, and nothing is told', async () => {
  const { heard, caches } = heardOf(() =>
    Promise.resolve(new Response('weights', { headers: { etag: '"1"' } })),
  );
  const cache = await caches.open('any');
  await cache.add(SHARD);
  const response = await cache.match(SHARD);
  expect(response?.headers.get('etag')).toBe('"1"');
  expect(await response?.text()).toBe('weights');
  expect(heard).toEqual([]);
});

test('what cannot be fetched is told, and thrown', async () => {
  const { heard, caches } = heardOf(() => Promise.reject(damaged));
  const cache = await caches.open('any');
  await expect(cache.add(SHARD)).rejects.toBe(damaged);
  expect(heard).toEqual([damaged]);
});

test('a file that turns out to be damaged while it is read is told, whatever its reader makes of it', async () => {
  const broken = () => {
    const chunks = [new Uint8Array(4)];
    return new ReadableStream<Uint8Array>({
      pull(controller) {
        const chunk = chunks.shift();
        if (chunk === undefined) throw damaged;
        controller.enqueue(chunk);
      },
    });
  };
  const { heard, caches } = heardOf(() => Promise.resolve(new Response(broken())));
  const cache = await caches.open('any');
  await cache.add(SHARD);
  const response = await cache.match(SHARD);
  await expect(response?.arrayBuffer()).rejects.toThrow();
  expect(heard).toEqual([damaged]);
});
