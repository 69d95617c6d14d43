import type { BrotliCompress } from '../font-service/assemble/woff2.ts';
import { type FaceId, parseFaceId } from '../font-service/identifiers.ts';
import { encodeObservations } from '../font-service/usage/observation-encoding.ts';
import type { Usage } from '../font-service/usage/usage.ts';
import type { FontLibrary } from './font-library.ts';
import { type KeyedHash, openBucketSalt } from './ledger/bucket-salt.ts';
import { describeLedger } from './ledger/describe-ledger.ts';
import type { FaceKnowledge, FaceSource } from './ledger/face-source.ts';
import { openTables } from './ledger/open-tables.ts';
import { createPublisher } from './ledger/publisher.ts';
import { createRecompression } from './ledger/recompression.ts';
import { createUsageBook } from './ledger/usage-book.ts';
import type { LedgerCalls, RecordBatch, RecordResult } from './ledger-protocol.ts';
import type { BestFileStore } from './stores/best-file-store.ts';
import type { PlanStore } from './stores/plan-store.ts';

/** Batches wait for so long, so that many are folded at once. */
const FOLD_DELAY_MS = 30_000;
/** So much waits at most for that: some 10,000 pages. */
const FOLD_AT_BYTES = 4_000_000;
/** What cannot be folded, as the font store does not answer, is kept up to here; then nothing more is taken. */
const MAX_WAITING_BYTES = 64_000_000;
/** Observations of one row, some 500 bytes each and 12 kB at most. */
const ROW_OBSERVATIONS = 150;
/** Between steps of recompression others are answered. */
const STEP_PAUSE_MS = 1000;

/** What a ledger borrows from its surroundings. */
export type LedgerDependencies = {
  readonly storage: DurableObjectStorage;
  readonly library: Pick<FontLibrary, 'font'>;
  readonly faces: FaceSource;
  readonly plans: PlanStore;
  readonly bestFiles: BestFileStore;
  readonly compressBest: BrotliCompress;
  readonly sha256: (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;
  readonly nowMs: () => number;
  readonly randomBytes: (count: number) => Uint8Array<ArrayBuffer>;
  readonly keyedHash: KeyedHash;
  /** What fewer distinct sites have shown, no plan knows. */
  readonly leastSites: number;
  readonly reportFailure: (error: Error) => void;
  /** What waits beyond this is refused; left out, 64 MB. */
  readonly maxWaitingBytes?: number;
};

/** A ledger, and what wakes it. */
export interface Ledger extends LedgerCalls {
  alarm(): Promise<void>;
}

/**
 * Opens the ledger of one face: what was seen of its use, the plans made of it, and what is compressed anew.
 *
 * Durable by appending: a batch is one transaction, and is acknowledged when it is on disk. Usage is not held in memory:
 * now and then the snapshot is read, the batches that wait are folded into it, and it replaces them in one transaction. What
 * ends the object at any time loses nothing that was acknowledged. Folding, planning and compressing run one at a time.
 */
export function openLedger(dependencies: LedgerDependencies): Ledger {
  const { storage, library, faces, nowMs } = dependencies;
  const tables = openTables(storage.sql);
  const { settings, log, best } = tables;
  const salt = openBucketSalt(settings, dependencies.keyedHash, dependencies.randomBytes, nowMs());
  const book = createUsageBook({ ...dependencies, tables, salt });
  const publisher = createPublisher({ ...dependencies, tables });
  const recompression = createRecompression({
    ...{ tables, store: dependencies.bestFiles, compressBest: dependencies.compressBest },
    make: (address, compress) => library.font(address, compress),
  });
  const exclusive = createQueue();
  const alarmClock = createAlarmClock(storage, nowMs);

  async function fold(face: FaceId, known: FaceKnowledge): Promise<Usage> {
    const usage = book.fold(known, await publisher.currentDeltas(face, known));
    if (log.size().batches > 0) await alarmClock.ringWithin(FOLD_DELAY_MS);
    return usage;
  }

  async function withFace(face: FaceId, work: (known: FaceKnowledge) => Promise<void>): Promise<void> {
    const known = await faces.knowledge(face);
    if (known !== undefined) await exclusive(() => work(known));
  }

  return {
    record: async (face, batch) => {
      if (log.size().bytes > (dependencies.maxWaitingBytes ?? MAX_WAITING_BYTES)) return 'full';
      storage.transactionSync(() => append(face, batch));
      await alarmClock.ringWithin(log.size().bytes > FOLD_AT_BYTES ? 0 : FOLD_DELAY_MS);
      return 'recorded' satisfies RecordResult;
    },
    tick: (face) =>
      withFace(face, async (known) => {
        settings.set('face', face);
        await publisher.resume(face);
        await publisher.planAnew(face, known, await fold(face, known));
        await recompression.tidy(face, known.build, nowMs());
        if (recompression.waiting(known.build, nowMs()).length > 0) await alarmClock.ringWithin(0);
      }),
    alarm: () => {
      alarmClock.rang();
      const face = parseFaceId(settings.text('face'));
      return withFace(face, async (known) => {
        await fold(face, known);
        if (await recompression.step(face, known.build, nowMs())) await alarmClock.ringWithin(STEP_PAUSE_MS);
      });
    },
    status: async () => describeLedger(tables, salt, recompression, storage.sql.databaseSize, nowMs()),
    picture: async () => {
      const levels = settings.bytes('picture');
      return levels && { build: settings.text('pictureBuild'), levels };
    },
    bestFiles: async (build, knownVersion) => {
      const version = best.version();
      return version === knownVersion ? undefined : { version, names: best.names(build) };
    },
  };

  function append(face: FaceId, { sightings, tallies }: RecordBatch): void {
    // Told to the alarm, which nobody tells whose it is.
    if (settings.text('face') !== face) settings.set('face', face);
    const observations = sightings.map((sighting) => ({ ...sighting, ...salt.bucketsOf(sighting) }));
    for (let at = 0; at < observations.length; at += ROW_OBSERVATIONS)
      log.append(encodeObservations(observations.slice(at, at + ROW_OBSERVATIONS)));
    tables.hours.add(tallies, nowMs());
  }
}

/** Runs tasks one after the other. */
function createQueue(): (task: () => Promise<void>) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return (task) => {
    const next = last.then(task);
    last = next.catch(() => undefined);
    return next;
  };
}

/** Sets the object's one alarm, and does not write what is set already. */
function createAlarmClock(storage: DurableObjectStorage, nowMs: () => number) {
  let dueMs = Number.POSITIVE_INFINITY;
  return {
    ringWithin: async (delayMs: number) => {
      const wantedMs = nowMs() + delayMs;
      if (wantedMs >= dueMs) return;
      dueMs = wantedMs;
      await storage.setAlarm(wantedMs);
    },
    rang: () => {
      dueMs = Number.POSITIVE_INFINITY;
    },
  };
}
