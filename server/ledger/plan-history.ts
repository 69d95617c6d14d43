import type { PlanRecord } from '../ledger-protocol.ts';

const SHOWN_PLANS = 50;

/** The plans that a ledger has made: each is entered before it is published, and marked once it is. */
export interface PlanHistory {
  enter(plan: PlanRecord): void;
  markPublished(id: string, build: string): void;
  /** A plan that was entered, but whose publishing was cut short. */
  unpublished(): PlanRecord | undefined;
  /** The current plan of a build; undefined where it is the pack's own. */
  current(build: string): PlanRecord | undefined;
  /** Published ones, newest first. */
  recent(): readonly PlanRecord[];
}

/** Opens the history in a ledger's database. */
export function openPlanHistory(sql: SqlStorage): PlanHistory {
  sql.exec(`CREATE TABLE IF NOT EXISTS plan
    (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, build TEXT NOT NULL, is_published INTEGER NOT NULL, record TEXT NOT NULL)`);
  const select = (where: string, ...values: readonly SqlStorageValue[]): readonly PlanRecord[] =>
    [...sql.exec<{ record: string }>(`SELECT record FROM plan WHERE ${where}`, ...values)].map(({ record }) =>
      JSON.parse(record),
    );
  return {
    enter: (plan) => {
      const { id, build } = plan;
      sql.exec('DELETE FROM plan WHERE is_published = 0');
      sql.exec(
        'INSERT INTO plan (id, build, is_published, record) VALUES (?, ?, 0, ?)',
        ...[id, build, JSON.stringify(plan)],
      );
    },
    markPublished: (id, build) => {
      sql.exec('UPDATE plan SET is_published = 1 WHERE id = ? AND build = ?', id, build);
    },
    unpublished: () => select('is_published = 0')[0],
    current: (build) => select('is_published = 1 AND build = ? ORDER BY number DESC LIMIT 1', build)[0],
    recent: () => select('is_published = 1 ORDER BY number DESC LIMIT ?', SHOWN_PLANS),
  };
}
