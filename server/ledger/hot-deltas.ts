/** Half of a count is forgotten in this time. */
const HALF_LIFE_MS = 7 * 86_400_000;
/** How many deltas are counted; the coldest make way. */
const MAX_COUNTED = 2048;
/** What is asked for as often as this is recompressed: at some 60 times the work of a first answer, 3 to 5 % of its bytes are saved. */
const HOT_REQUESTS = 8;

/** Which deltas are asked for again and again, by the spelling of their sets. */
export interface HotDeltas {
  /** Adds requests by spelling; to be called within a transaction. */
  add(requests: ReadonlyMap<string, number>, nowMs: number): void;
  /** The hottest first. */
  hottest(nowMs: number, limit: number): readonly string[];
  count(): number;
}

/** Opens the counts in a ledger's database. */
export function openHotDeltas(sql: SqlStorage): HotDeltas {
  sql.exec('CREATE TABLE IF NOT EXISTS hot (name TEXT PRIMARY KEY, requests REAL NOT NULL, at_ms REAL NOT NULL)');
  const count = () => sql.exec<{ rows: number }>('SELECT count(*) rows FROM hot').one().rows;
  // Rows are written only when they are asked for: their counts decay as they are read.
  const ranked = (nowMs: number) =>
    [...sql.exec<{ name: string; requests: number; at_ms: number }>('SELECT * FROM hot')]
      .map(({ name, requests, at_ms }) => ({ name, requests: requests * 2 ** ((at_ms - nowMs) / HALF_LIFE_MS) }))
      .sort((a, b) => b.requests - a.requests || (a.name < b.name ? -1 : 1));
  const read = (name: string, nowMs: number) => {
    const [row] = sql.exec<{ requests: number; at_ms: number }>('SELECT requests, at_ms FROM hot WHERE name = ?', name);
    return row === undefined ? 0 : row.requests * 2 ** ((row.at_ms - nowMs) / HALF_LIFE_MS);
  };
  return {
    count,
    add: (added, nowMs) => {
      for (const [name, requests] of added)
        sql.exec('INSERT OR REPLACE INTO hot VALUES (?, ?, ?)', name, read(name, nowMs) + requests, nowMs);
      if (count() <= MAX_COUNTED) return;
      for (const { name } of ranked(nowMs).slice(MAX_COUNTED * 0.9)) sql.exec('DELETE FROM hot WHERE name = ?', name);
    },
    hottest: (nowMs, limit) =>
      ranked(nowMs)
        .filter(({ requests }) => requests >= HOT_REQUESTS)
        .slice(0, limit)
        .map(({ name }) => name),
  };
}
