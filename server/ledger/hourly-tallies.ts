import type { Tallies } from '../ledger-protocol.ts';
import { addTallies } from './add-tallies.ts';

const HOUR_MS = 3_600_000;
const KEPT_HOURS = 30 * 24;
const SHOWN_HOURS = 48;

/** Counts by hour, for 30 days. */
export interface HourlyTallies {
  /** Adds counts; to be called within a transaction. */
  add(tallies: Tallies, nowMs: number): void;
  /** Sums of the hours that are kept. */
  sums(): Tallies;
  /** The last hours, oldest first; the last is the current one. */
  recent(nowMs: number): readonly Tallies[];
}

/** Opens the counts in a ledger's database. */
export function openHourlyTallies(sql: SqlStorage): HourlyTallies {
  sql.exec('CREATE TABLE IF NOT EXISTS hour (hour INTEGER PRIMARY KEY, tallies TEXT NOT NULL)');
  const rows = (from: number) =>
    sql.exec<{ hour: number; tallies: string }>('SELECT hour, tallies FROM hour WHERE hour >= ? ORDER BY hour', from);
  const read = (hour: number): Tallies => {
    const [row] = sql.exec<{ tallies: string }>('SELECT tallies FROM hour WHERE hour = ?', hour);
    return row === undefined ? {} : JSON.parse(row.tallies);
  };
  return {
    add: (tallies, nowMs) => {
      const hour = Math.floor(nowMs / HOUR_MS);
      const sum = JSON.stringify(addTallies(read(hour), tallies));
      sql.exec('INSERT OR REPLACE INTO hour (hour, tallies) VALUES (?, ?)', hour, sum);
      sql.exec('DELETE FROM hour WHERE hour < ?', hour - KEPT_HOURS);
    },
    sums: () => [...rows(0)].reduce<Tallies>((sum, { tallies }) => addTallies(sum, JSON.parse(tallies)), {}),
    recent: (nowMs) => {
      const first = Math.floor(nowMs / HOUR_MS) - SHOWN_HOURS + 1;
      const known = new Map([...rows(first)].map(({ hour, tallies }) => [hour, JSON.parse(tallies) as Tallies]));
      return Array.from({ length: SHOWN_HOURS }, (_, index) => known.get(first + index) ?? {});
    },
  };
}
