import { env, runInDurableObject } from 'cloudflare:test';
import { brotliCompressSync } from 'node:zlib';
import { parseFaceId } from '../../../font-service/identifiers.ts';
import type { Pack } from '../../../font-service/pack/pack.ts';
import { readPack } from '../../../font-service/pack/pack.ts';
import { createFontLibrary } from '../../../server/font-library.ts';
import { createFaceSource } from '../../../server/ledger/face-source.ts';
import { type Ledger, type LedgerDependencies, openLedger } from '../../../server/ledger.ts';
import type { Sighting } from '../../../server/ledger-protocol.ts';
import { createPlanShelf } from '../../../server/plan-shelf.ts';
import type { BestFileStore } from '../../../server/stores/best-file-store.ts';
import { createMemoryPlanStore, type MemoryPlanStore } from './memory-plan-store.ts';
import { createMemoryStore, type MemoryStore } from './memory-store.ts';
import { providedPack } from './provided-pack.ts';
import { sha256 } from './sha256.ts';

/** The pack whose face the test ledgers are of. */
export const LEDGER_PACK: Pack = readPack(providedPack('smallPack'));
export const LEDGER_FACE = parseFaceId(LEDGER_PACK.meta.face);

/** A ledger over a real Durable Object's storage, with all else in memory; it can be opened again on what is stored. */
export type TestLedger = {
  open(changes?: Partial<LedgerDependencies>): Ledger;
  readonly sql: SqlStorage;
  readonly store: MemoryStore;
  readonly plans: MemoryPlanStore;
  /** Recompressed files by `{build}/{name}`. */
  readonly best: Map<string, Uint8Array<ArrayBuffer>>;
  readonly failures: Error[];
  /** When the alarm is to ring. */
  readonly alarms: number[];
  /** The time, in ms since 1970. */
  readonly clock: { nowMs: number };
};

/** Runs a test in the Durable Object of a name. */
export function withLedger<R>(name: string, run: (ledger: TestLedger) => Promise<R>): Promise<R> {
  return runInDurableObject(env.LEDGER.getByName(name), (_, state) => run(createTestLedger(state.storage)));
}

function createTestLedger(storage: DurableObjectStorage): TestLedger {
  const store = createMemoryStore([providedPack('smallPack')]);
  const plans = createMemoryPlanStore();
  const best = new Map<string, Uint8Array<ArrayBuffer>>();
  const failures: Error[] = [];
  const alarms: number[] = [];
  const clock = { nowMs: Date.now() };
  const shared = {
    nowMs: () => clock.nowMs,
    keepAlive: () => undefined,
    reportFailure: (error: Error) => void failures.push(error),
  };
  const library = createFontLibrary({
    ...{ ...shared, store, compress: brotliCompressSync, catalogueAgeMs: 0 },
    plans: createPlanShelf({ ...shared, store: plans, budgetBytes: 1_000_000, maxAgeMs: 0 }),
    ...{ packBudgetBytes: 8_000_000, headBudgetBytes: 1_000_000 },
  });
  const bestFiles: BestFileStore = {
    read: async ({ build, name }) => best.get(`${build}/${name}`),
    put: async ({ build, name }, bytes) => void best.set(`${build}/${name}`, bytes),
    remove: async ({ build, name }) => void best.delete(`${build}/${name}`),
  };
  return {
    ...{ sql: storage.sql, store, plans, best, failures, alarms, clock },
    open: (changes = {}) =>
      openLedger({
        storage: {
          sql: storage.sql,
          transactionSync: (run: () => unknown) => storage.transactionSync(run),
          setAlarm: async (atMs: number) => void alarms.push(atMs),
        } as DurableObjectStorage,
        ...{ library, plans, bestFiles, compressBest: brotliCompressSync, sha256, leastSites: 3, ...shared },
        faces: createFaceSource(
          library,
          async () => 'language\tja\nunlisted\t0.0001\n0.5\t一丁七万三\n0.01\t上下不世丘\n',
        ),
        randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
        keyedHash: hashInsecurely,
        ...changes,
      }),
  };
}

/** Spreads texts over numbers, by a key that may as well be known. */
function hashInsecurely(key: Uint8Array, text: string): number {
  return Array.from(text, (character) => character.charCodeAt(0)).reduce(
    (hash, unit) => Math.imul(hash ^ unit, 0x01000193) >>> 0,
    key.reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193) >>> 0, 0x811c9dc5),
  );
}

/** Pages that many clients of so many sites have shown, `count` of each. */
export function pagesOf(set: Sighting['set'], sites: number, count = 1): readonly Sighting[] {
  return Array.from({ length: sites * count }, (_, index) => ({
    kind: 'page',
    origin: `site-${index % sites}.example`,
    client: `10.0.${index % 250}.${Math.floor(index / 250)}`,
    set,
    bytes: 0,
  }));
}
