import { FailureError } from '../../src/domain/failure';
import type { StallWatch } from './stall-watch';

/** A body shorter than its announced length is refused here: an engine would pad it with zeros. */
export async function readBody(
  response: Response,
  name: string,
  watch: StallWatch,
  onBytes: (loaded: number, total: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const encoded = response.headers.has('content-encoding');
  const announced = encoded ? Number.NaN : Number(response.headers.get('content-length') ?? Number.NaN);
  const parts: Uint8Array[] = [];
  let loaded = 0;
  const reader = response.body?.getReader();
  try {
    while (reader !== undefined) {
      const part = await watch.guard(reader.read());
      if (part.done) break;
      parts.push(part.value);
      loaded += part.value.byteLength;
      onBytes(loaded, Number.isFinite(announced) ? announced : loaded);
    }
  } catch (thrown) {
    if (watch.signal.aborted) {
      void reader?.cancel().catch(() => undefined);
      throw watch.signal.reason;
    }
    throw new FailureError('network', `${name}: cut off after ${loaded} bytes`, { cause: thrown });
  }
  if (Number.isFinite(announced) && loaded !== announced) {
    throw new FailureError('not-a-model-file', `${name}: ${loaded} of ${announced} bytes`);
  }
  const body = new Uint8Array(loaded);
  let offset = 0;
  for (const part of parts) {
    body.set(part, offset);
    offset += part.byteLength;
  }
  return body;
}

/** As `Response.blob`, which reports any end of a body as "Failed to fetch"; here what ended it is thrown. */
export async function blobOf(response: Response): Promise<Blob> {
  const reader = response.body?.getReader();
  let cause: unknown;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        try {
          const part = await reader?.read();
          if (part === undefined || part.done) controller.close();
          else controller.enqueue(part.value);
        } catch (thrown) {
          cause = thrown;
          controller.error(thrown);
        }
      },
      cancel: (reason) => reader?.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  try {
    return await new Response(body).blob();
  } catch (thrown) {
    throw cause ?? thrown;
  }
}
