/** A batch of observations, appended in a transaction and not yet folded into the snapshot. */
export type LoggedBatch = { readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> };

/** Rows hold 2 MB at most. @see https://developers.cloudflare.com/durable-objects/platform/limits/ */
export const MAX_ROW_BYTES = 1_900_000;

/** What is appended stands until it is folded: nothing that was acknowledged is only in memory. */
export interface ObservationLog {
  append(bytes: Uint8Array<ArrayBuffer>): void;
  /** The first batch after one; undefined behind the last. */
  after(id: number): LoggedBatch | undefined;
  removeUpTo(id: number): void;
  size(): { readonly batches: number; readonly bytes: number };
}

/** Opens the log in a ledger's database; its size is summed up once. */
export function openObservationLog(sql: SqlStorage): ObservationLog {
  sql.exec(`CREATE TABLE IF NOT EXISTS batch
    (id INTEGER PRIMARY KEY AUTOINCREMENT, length INTEGER NOT NULL, observations BLOB NOT NULL)`);
  const measure = () =>
    sql.exec<{ batches: number; bytes: number }>('SELECT count(*) batches, total(length) bytes FROM batch').one();
  let size = measure();
  return {
    append: (bytes) => {
      sql.exec('INSERT INTO batch (length, observations) VALUES (?, ?)', bytes.length, bytes);
      size = { batches: size.batches + 1, bytes: size.bytes + bytes.length };
    },
    after: (id) => {
      const [row] = sql.exec<{ id: number; observations: ArrayBuffer }>(
        'SELECT id, observations FROM batch WHERE id > ? ORDER BY id LIMIT 1',
        id,
      );
      return row && { id: row.id, bytes: new Uint8Array(row.observations) };
    },
    removeUpTo: (id) => {
      sql.exec('DELETE FROM batch WHERE id <= ?', id);
      size = measure();
    },
    size: () => size,
  };
}
