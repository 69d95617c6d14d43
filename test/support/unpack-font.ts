import { convert } from 'fontverter';

let lastUnpacking: Promise<unknown> = Promise.resolve();

/**
 * Unpacks a WOFF2 font with Google's decoder (wawoff2); a TrueType font it copies.
 *
 * One at a time: the decoder answers with a view of its memory, which a call beside it overwrites before it is copied.
 */
export function unpackFont(file: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const unpacking = lastUnpacking.then(async () => new Uint8Array(await convert(Buffer.from(file), 'truetype')));
  lastUnpacking = unpacking.catch(() => undefined);
  return unpacking;
}
