import { type BestFileTable, openBestFileTable } from './best-file-table.ts';
import { type HotDeltas, openHotDeltas } from './hot-deltas.ts';
import { type HourlyTallies, openHourlyTallies } from './hourly-tallies.ts';
import { type ObservationLog, openObservationLog } from './observation-log.ts';
import { openPlanHistory, type PlanHistory } from './plan-history.ts';
import { openSettings, type Settings } from './settings.ts';
import { openSnapshot, type Snapshot } from './snapshot.ts';

/** All that a ledger stores. */
export type LedgerTables = {
  readonly settings: Settings;
  readonly log: ObservationLog;
  readonly snapshot: Snapshot;
  readonly hours: HourlyTallies;
  readonly hot: HotDeltas;
  readonly history: PlanHistory;
  readonly best: BestFileTable;
};

/** Opens the tables of a ledger, and makes those that are not there. */
export function openTables(sql: SqlStorage): LedgerTables {
  return {
    settings: openSettings(sql),
    log: openObservationLog(sql),
    snapshot: openSnapshot(sql),
    hours: openHourlyTallies(sql),
    hot: openHotDeltas(sql),
    history: openPlanHistory(sql),
    best: openBestFileTable(sql),
  };
}
