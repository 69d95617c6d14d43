import { brotliCompressSync, constants } from 'node:zlib';
import type { BrotliCompress } from '../../font-service/assemble/woff2.ts';

/** Brotli at a quality, with the service's window. */
export function brotliAt(quality: number): BrotliCompress {
  return (bytes) =>
    brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: quality,
        [constants.BROTLI_PARAM_LGWIN]: 18,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    });
}
