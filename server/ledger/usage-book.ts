import { createUsage, foldPeriod, type Usage } from '../../font-service/usage/usage.ts';
import { decodeUsage, encodeUsage } from '../../font-service/usage/usage-encoding.ts';
import type { BucketSalt } from './bucket-salt.ts';
import type { FaceKnowledge } from './face-source.ts';
import { createFold, drawUsage, type FoldSums } from './fold.ts';
import type { LedgerTables } from './open-tables.ts';

/** What is folded at once, some 20,000 pages: 3 s of the 30 s that a Durable Object's event may take. */
const MAX_FOLD_BYTES = 8_000_000;

/** What a book is kept with. */
export type UsageBookTools = {
  readonly storage: Pick<DurableObjectStorage, 'transactionSync'>;
  readonly tables: LedgerTables;
  readonly salt: BucketSalt;
  readonly leastSites: number;
  readonly nowMs: () => number;
  readonly reportFailure: (error: Error) => void;
  /** Most bytes of batches that one call folds; left out, {@link MAX_FOLD_BYTES}. */
  readonly maxFoldBytes?: number;
};

/** The usage of a face: a snapshot, and the batches that came after it. */
export interface UsageBook {
  /**
   * Folds batches that wait into the snapshot, and ends the period whose salt is old; gives the usage after that.
   *
   * Synchronous, so that no batch comes between: all of it is on disk, or nothing is.
   * @param deltas the current plan's.
   */
  fold(face: FaceKnowledge, deltas: string): Usage;
}

/** Creates the book of a ledger; it holds no usage in memory. */
export function createUsageBook(tools: UsageBookTools): UsageBook {
  const { storage, tables, salt, leastSites, nowMs, maxFoldBytes = MAX_FOLD_BYTES } = tools;
  const { log, snapshot } = tables;

  const read = ({ askable }: FaceKnowledge): Usage => {
    const bytes = snapshot.read();
    try {
      if (bytes !== undefined) return decodeUsage(bytes, askable);
    } catch (error) {
      // As of another version: to begin anew is better than never to learn again.
      tools.reportFailure(error as Error);
    }
    return createUsage(askable, nowMs());
  };

  const write = (usage: Usage, face: FaceKnowledge, sums: FoldSums, upTo: number) => {
    const { settings, hot, hours } = tables;
    snapshot.write(encodeUsage(usage));
    log.removeUpTo(upTo);
    hot.add(sums.requests, nowMs());
    settings.set('counted', settings.number('counted') + sums.counted);
    hours.add(sums.compared, nowMs());
    settings.set('pictureBuild', face.build);
    settings.set('picture', drawUsage(usage, leastSites));
  };

  return {
    fold: (face, deltas) => {
      const usage = read(face);
      const isPeriodOver = salt.isDue(nowMs());
      if (log.size().batches === 0 && !isPeriodOver) return usage;
      const { add, sums } = createFold(usage, face, deltas, leastSites);
      let last = 0;
      for (let bytes = 0; bytes < maxFoldBytes; ) {
        const batch = log.after(last);
        if (batch === undefined) break;
        last = batch.id;
        bytes += batch.bytes.length;
        try {
          add(batch, nowMs());
        } catch (error) {
          // What can never be read must not keep the rest from being read.
          tools.reportFailure(error as Error);
        }
      }
      // What is left has buckets of the old salt.
      const mayRotate = isPeriodOver && log.after(last) === undefined;
      if (mayRotate) foldPeriod(usage, nowMs());
      storage.transactionSync(() => {
        write(usage, face, sums, last);
        if (mayRotate) salt.rotate(nowMs());
      });
      return usage;
    },
  };
}
