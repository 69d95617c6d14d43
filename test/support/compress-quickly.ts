import { brotliCompressSync, constants } from 'node:zlib';

/** Brotli as the service compresses deltas: what a font draws does not depend on it. */
export function compressQuickly(bytes: Uint8Array): Uint8Array {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params });
}
