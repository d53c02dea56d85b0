/** Answers with the headers that the app needs, whatever the host sent. */

/** The same answer with other headers. What a page cannot read into (an opaque redirect) stays as it is. */
export function withHeaders(response: Response, headers: Readonly<Record<string, string>>): Response {
  if (response.status === 0) return response;
  const merged = new Headers(response.headers);
  for (const [name, value] of Object.entries(headers)) merged.set(name, value);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers: merged });
}

/** The part of a stored file that `range` (a `Range` header) asks for; 416 where the file has no such part. */
export async function partOf(response: Response, range: string): Promise<Response> {
  const body = await response.blob();
  const asked = /^bytes=(\d*)-(\d*)$/.exec(range.trim());
  const [first, last] = [asked?.[1] ?? '', asked?.[2] ?? ''];
  // Several ranges at once are legal to answer with the whole.
  if (first === '' && last === '') return new Response(body, { headers: response.headers });
  const start = first === '' ? Math.max(0, body.size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? body.size - 1 : Math.min(Number(last), body.size - 1);
  if (start > end) {
    return new Response(undefined, { status: 416, headers: { 'content-range': `bytes */${body.size}` } });
  }
  const headers = new Headers(response.headers);
  headers.set('content-range', `bytes ${start}-${end}/${body.size}`);
  headers.set('content-length', String(end - start + 1));
  return new Response(body.slice(start, end + 1), { status: 206, headers });
}
