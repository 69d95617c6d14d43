/** A request's body, or why there is none: it is longer than allowed, or ends before its end. */
export type BodyResult =
  | { readonly state: 'whole'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly state: 'too-large' }
  | { readonly state: 'broken-off' };

/**
 * Reads the body of a request whole.
 *
 * One with a `Content-Length` is refused by that alone, and held once; any other is held twice while it is put together.
 */
export async function readBody(request: Request, maxBytes: number): Promise<BodyResult> {
  const statedBytes = request.headers.get('Content-Length');
  if (Number(statedBytes ?? 0) > maxBytes) return { state: 'too-large' };
  try {
    if (statedBytes !== null) return { state: 'whole', bytes: new Uint8Array(await request.arrayBuffer()) };
    const chunks = await readChunks(request.body, maxBytes);
    if (chunks === undefined) return { state: 'too-large' };
    return { state: 'whole', bytes: new Uint8Array(await new Blob(chunks).arrayBuffer()) };
  } catch {
    // Only the sender's stream can fail here; the platform's reasons say no more than that it did.
    return { state: 'broken-off' };
  }
}

/** Undefined as soon as there are more than `maxBytes`; what is left is not read. */
async function readChunks(
  body: ReadableStream<Uint8Array<ArrayBuffer>> | null,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>[] | undefined> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return chunks;
}
