import { createExecutionContext, env, waitOnExecutionContext } from 'cloudflare:test';
import { brotliCompressSync } from 'node:zlib';
import { createApp } from '../../../server/app.ts';
import type { Dependencies } from '../../../server/environment.ts';
import { createFontLibrary } from '../../../server/font-library.ts';
import type { FaceStore } from '../../../server/stores/face-store.ts';
import { type AskInit, requestOf } from './ask.ts';
import { createMemoryCache } from './memory-cache.ts';
import { sha256 } from './sha256.ts';

const MIB = 1024 * 1024;

/** An application of the tests' own making, and the failures that it has reported. */
export type TestApp = {
  /** Asks it, and waits until what it does in the background is done. */
  readonly ask: (path: string, init?: AskInit) => Promise<Response>;
  readonly failures: readonly Error[];
};

/** Nothing ends early here. */
const keepAlive = () => undefined;

/** Creates the application over a store; its clock stands still. */
export function createTestApp(store: FaceStore, changes: Partial<Dependencies> = {}): TestApp {
  const failures: Error[] = [];
  const budgets = { packBudgetBytes: 8 * MIB, headBudgetBytes: MIB, catalogueAgeMs: 10_000 };
  const app = createApp({
    library: createFontLibrary({ store, compress: brotliCompressSync, nowMs: () => 0, keepAlive, ...budgets }),
    edgeCache: createMemoryCache(),
    assets: env.ASSETS,
    adminToken: env.ADMIN_TOKEN,
    sha256,
    keepAlive,
    reportFailure: (error) => failures.push(error),
    compressText: brotliCompressSync,
    ...changes,
  });
  return {
    failures,
    ask: async (path, init) => {
      const context = createExecutionContext();
      const response = await app.fetch(requestOf(path, init), {}, context);
      await waitOnExecutionContext(context);
      return response;
    },
  };
}
