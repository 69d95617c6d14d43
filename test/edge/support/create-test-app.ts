import { createExecutionContext, env, waitOnExecutionContext } from 'cloudflare:test';
import { brotliCompressSync, deflateSync } from 'node:zlib';
import { createApp } from '../../../server/app.ts';
import type { Dependencies } from '../../../server/environment.ts';
import { createFontLibrary } from '../../../server/font-library.ts';
import { createPlanShelf } from '../../../server/plan-shelf.ts';
import type { FaceStore } from '../../../server/stores/face-store.ts';
import type { PlanStore } from '../../../server/stores/plan-store.ts';
import { type AskInit, requestOf } from './ask.ts';
import { createMemoryCache } from './memory-cache.ts';
import { createMemoryPlanStore } from './memory-plan-store.ts';
import { sha256 } from './sha256.ts';

const MIB = 1024 * 1024;

/** An application of the tests' own making, and the failures that it has reported. */
export type TestApp = {
  /** Asks it, and waits until what it does in the background is done. */
  readonly ask: (path: string, init?: AskInit) => Promise<Response>;
  readonly failures: readonly Error[];
};

const NOTHING: Partial<Dependencies> = {
  bestFiles: { has: () => false, refresh: () => undefined },
  bestFileStore: { read: async () => undefined },
  observer: { font: () => undefined, admit: () => 'admitted', report: async () => 'recorded' },
  ledgers: {
    tick: () => Promise.reject(new Error('no ledger')),
    status: () => Promise.reject(new Error('no ledger')),
    picture: () => Promise.reject(new Error('no ledger')),
  },
};

/** What a test may put in place of its own. */
export type TestAppChanges = Partial<Dependencies> & { readonly plans?: PlanStore; readonly onCompress?: () => void };

/** Creates the application over a store, without ledgers and recompressed files; its clock stands still. */
export function createTestApp(store: FaceStore, changes: TestAppChanges = {}): TestApp {
  const failures: Error[] = [];
  const running: Promise<unknown>[] = [];
  const keepAlive = (work: Promise<unknown>) => void running.push(work);
  const reportFailure = (error: Error) => void failures.push(error);
  const nowMs = () => 0;
  const { plans: planStore = createMemoryPlanStore(), onCompress, ...others } = changes;
  const compress = (bytes: Uint8Array<ArrayBuffer>) => {
    onCompress?.();
    return brotliCompressSync(bytes);
  };
  const budgets = { packBudgetBytes: 8 * MIB, headBudgetBytes: MIB, catalogueAgeMs: 10_000 };
  const shelf = { store: planStore, nowMs, keepAlive, budgetBytes: MIB, maxAgeMs: 10_000, reportFailure };
  const app = createApp({
    ...(NOTHING as Dependencies),
    library: createFontLibrary({
      ...{ store, plans: createPlanShelf(shelf), compress, nowMs, keepAlive },
      ...budgets,
    }),
    edgeCache: createMemoryCache(),
    assets: env.ASSETS,
    adminToken: env.ADMIN_TOKEN,
    sha256,
    ...{ keepAlive, reportFailure, nowMs },
    ...{ compressText: brotliCompressSync, deflate: deflateSync },
    ...others,
  });
  return {
    failures,
    ask: async (path, init) => {
      const context = createExecutionContext();
      const response = await app.fetch(requestOf(path, init), {}, context);
      await waitOnExecutionContext(context);
      while (running.length > 0) await Promise.allSettled(running.splice(0));
      return response;
    },
  };
}
