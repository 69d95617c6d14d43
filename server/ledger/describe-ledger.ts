import { parseBuildId } from '../../font-service/identifiers.ts';
import type { LedgerStatus } from '../ledger-protocol.ts';
import type { BucketSalt } from './bucket-salt.ts';
import type { LedgerTables } from './open-tables.ts';
import type { Recompression } from './recompression.ts';

/** Describes a ledger to its operator. */
export function describeLedger(
  { settings, log, snapshot, hours, hot, history, best }: LedgerTables,
  salt: BucketSalt,
  recompression: Recompression,
  databaseBytes: number,
  nowMs: number,
): LedgerStatus {
  const { batches, bytes } = log.size();
  const build = settings.text('pictureBuild');
  const waiting = build === '' ? 0 : recompression.waiting(parseBuildId(build), nowMs).length;
  return {
    tallies: hours.sums(),
    hours: hours.recent(nowMs),
    plans: history.recent(),
    counted: settings.number('counted'),
    recompressed: { ...best.sums(), waiting },
    ledger: {
      databaseBytes,
      waitingBatches: batches,
      waitingBytes: bytes,
      snapshotBytes: snapshot.bytes(),
      hotDeltas: hot.count(),
      saltAgeMs: salt.ageMs(nowMs),
    },
  };
}
