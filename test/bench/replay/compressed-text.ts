import { brotliCompressSync, constants } from 'node:zlib';

/** The quality that the service compresses stylesheets and scripts at; server/worker.ts has it. */
const TEXT_QUALITY = 9;

/** The bytes of a text as the service sends it: as brotli. */
export function compressedBytes(text: string | Uint8Array): number {
  const bytes = Buffer.from(text);
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: TEXT_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_DEFAULT_WINDOW,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  }).length;
}
