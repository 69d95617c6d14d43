import type { FaceId } from '../font-service/identifiers.ts';
import { addTallies } from './ledger/add-tallies.ts';
import type { LedgerCalls, RecordResult, Sighting, Tallies } from './ledger-protocol.ts';
import type { KeepAlive } from './stores/lru-cache.ts';

/** How long reports wait for others, so that one transaction takes all: their senders wait for it. */
const REPORT_GATHER_MS = 15;
/** How long what was noted waits; nobody waits for it. */
const NOTE_GATHER_MS = 2000;
/** A batch has no more codepoints than this: 4 MB. */
const MAX_BATCH_CODEPOINTS = 1_000_000;
/** All batches that are not acknowledged yet have no more: 12 MB of the 128 of an isolate. */
const MAX_PENDING_CODEPOINTS = 3_000_000;
/** What an observation takes besides its codepoints, as so many. */
const OBSERVATION_CODEPOINTS = 64;

/** What became of a report; `busy` where this isolate has no more room. */
export type ReportResult = RecordResult | 'busy';

/** Brings what an isolate sees to the ledgers, many at once. */
export interface UsageCollector {
  /** Notes what an answered request says; it is given up where there is no room, or the ledger does not answer. */
  note(face: FaceId, tallies: Tallies, sighting?: Sighting): void;
  /** Records a report; resolves when it is on disk, rejects where the ledger does not answer. */
  report(face: FaceId, tallies: Tallies, sightings: readonly Sighting[]): Promise<ReportResult>;
}

/** What a collector works with. */
export type UsageCollectorOptions = {
  readonly record: LedgerCalls['record'];
  readonly wait: (ms: number) => Promise<void>;
  readonly keepAlive: KeepAlive;
  readonly reportFailure: (error: Error) => void;
};

type OpenBatch = {
  readonly sightings: Sighting[];
  tallies: Tallies;
  codepoints: number;
  readonly recorded: Promise<RecordResult>;
};

/** Creates a collector; what it holds in memory is bounded. */
export function createUsageCollector(options: UsageCollectorOptions): UsageCollector {
  const { record, wait, keepAlive, reportFailure } = options;
  const batches = new Map<string, OpenBatch>();
  const dropped = new Map<FaceId, number>();
  let pendingCodepoints = 0;

  const drop = (face: FaceId, count: number) => dropped.set(face, (dropped.get(face) ?? 0) + count);

  function open(key: string, face: FaceId, isNoted: boolean): OpenBatch {
    const flush = async (): Promise<RecordResult> => {
      await wait(isNoted ? NOTE_GATHER_MS : REPORT_GATHER_MS);
      if (batches.get(key) === batch) batches.delete(key);
      const lost = dropped.get(face) ?? 0;
      dropped.delete(face);
      const { sightings, tallies } = batch;
      // Who sent a report is told that it was not recorded; of notes nobody is told.
      const loseAll = () => drop(face, lost + (isNoted ? sightings.length : 0));
      try {
        const result = await record(face, { sightings, tallies: addTallies(tallies, { dropped: lost }) });
        if (result === 'full') loseAll();
        return result;
      } catch (error) {
        loseAll();
        throw error;
      } finally {
        pendingCodepoints -= batch.codepoints;
      }
    };
    const batch: OpenBatch = { sightings: [], tallies: {}, codepoints: 0, recorded: flush() };
    keepAlive(batch.recorded.catch(reportFailure));
    batches.set(key, batch);
    return batch;
  }

  /** Undefined where there is no room. */
  function join(
    face: FaceId,
    isNoted: boolean,
    tallies: Tallies,
    sightings: readonly Sighting[],
  ): OpenBatch | undefined {
    const key = `${isNoted ? 'notes' : 'reports'} ${face}`;
    const codepoints = sightings.reduce((sum, { set }) => sum + set.length + OBSERVATION_CODEPOINTS, 0);
    if (pendingCodepoints + codepoints > MAX_PENDING_CODEPOINTS) return undefined;
    const known = batches.get(key);
    const hasRoom = known !== undefined && known.codepoints + codepoints <= MAX_BATCH_CODEPOINTS;
    const batch = hasRoom ? known : open(key, face, isNoted);
    pendingCodepoints += codepoints;
    batch.codepoints += codepoints;
    batch.sightings.push(...sightings);
    batch.tallies = addTallies(batch.tallies, tallies);
    return batch;
  }

  return {
    note: (face, tallies, sighting) => {
      const sightings = sighting === undefined ? [] : [sighting];
      if (join(face, true, tallies, sightings) === undefined) drop(face, sightings.length);
    },
    report: async (face, tallies, sightings) => {
      const batch = join(face, false, tallies, sightings);
      return batch === undefined ? 'busy' : batch.recorded;
    },
  };
}
