import { waitUntil } from 'cloudflare:workers';
import { brotliCompressSync, constants } from 'node:zlib';
import { createApp } from './app.ts';
import { createFontLibrary } from './font-library.ts';
import { createR2FaceStore } from './stores/r2-face-store.ts';

/** What wrangler.toml binds, and the secrets an operator sets. */
export type Bindings = {
  readonly FONTS: R2Bucket;
  readonly ASSETS: Fetcher;
  readonly ADMIN_TOKEN?: string;
};

const MIB = 1024 * 1024;
/** Of the 128 MB of an isolate. The largest pack of the tests has a core of 9 MB. */
const PACK_BUDGET_BYTES = 64 * MIB;
const HEAD_BUDGET_BYTES = 4 * MIB;
const CATALOGUE_AGE_MS = 10_000;
/** Against the best: 6 % more bytes in a thirtieth of the time. */
const DELTA_QUALITY = 5;
const TEXT_QUALITY = 9;
/** 256 KiB see all of a common delta, and are cheaper to set up than the default of 4 MiB. */
const DELTA_WINDOW_BITS = 18;

function brotli(bytes: Uint8Array<ArrayBuffer>, quality: number, windowBits: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: quality,
        [constants.BROTLI_PARAM_LGWIN]: windowBits,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  );
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

function createHandler(env: Bindings) {
  const library = createFontLibrary({
    store: createR2FaceStore(env.FONTS),
    compress: (bytes) => brotli(bytes, DELTA_QUALITY, DELTA_WINDOW_BITS),
    nowMs: Date.now,
    keepAlive: waitUntil,
    packBudgetBytes: PACK_BUDGET_BYTES,
    headBudgetBytes: HEAD_BUDGET_BYTES,
    catalogueAgeMs: CATALOGUE_AGE_MS,
  });
  const compressText = (bytes: Uint8Array<ArrayBuffer>) => brotli(bytes, TEXT_QUALITY, constants.BROTLI_DEFAULT_WINDOW);
  // biome-ignore lint/suspicious/noConsole: the worker's log is where an operator looks for failures.
  const reportFailure = (error: Error) => console.error(error);
  return createApp({
    ...{ library, sha256, compressText, keepAlive: waitUntil, reportFailure },
    ...{ edgeCache: caches.default, assets: env.ASSETS, adminToken: env.ADMIN_TOKEN },
  });
}

/** One application an isolate: what it holds in memory serves all its requests. */
let application: ReturnType<typeof createHandler> | undefined;

export default {
  fetch(request: Request, env: Bindings, context: ExecutionContext): Response | Promise<Response> {
    application ??= createHandler(env);
    return application.fetch(request, env, context);
  },
};
