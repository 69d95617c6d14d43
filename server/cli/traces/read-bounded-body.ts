import { MAX_PAGE_BYTES } from './source-page.ts';

/** Reads an answer's body, undefined where it is longer than a page may be: no more than that is held. */
export async function readBoundedBody(response: Response): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    // Leaving the loop cancels the body.
    if (length > MAX_PAGE_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
