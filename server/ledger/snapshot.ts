import { MAX_ROW_BYTES } from './observation-log.ts';

/** Usage as it was when the batches before were folded into it, in rows of bounded size. */
export interface Snapshot {
  /** Undefined where nothing has been folded yet. */
  read(): Uint8Array<ArrayBuffer> | undefined;
  /** Replaces it; to be called within a transaction. */
  write(bytes: Uint8Array<ArrayBuffer>): void;
  bytes(): number;
}

/** Opens the snapshot in a ledger's database. */
export function openSnapshot(sql: SqlStorage, maxRowBytes: number = MAX_ROW_BYTES): Snapshot {
  sql.exec(
    'CREATE TABLE IF NOT EXISTS snapshot (part INTEGER PRIMARY KEY, length INTEGER NOT NULL, bytes BLOB NOT NULL)',
  );
  const bytes = () => sql.exec<{ bytes: number }>('SELECT total(length) bytes FROM snapshot').one().bytes;
  return {
    bytes,
    read: () => {
      const whole = new Uint8Array(bytes());
      let at = 0;
      for (const part of sql.exec<{ bytes: ArrayBuffer }>('SELECT bytes FROM snapshot ORDER BY part')) {
        whole.set(new Uint8Array(part.bytes), at);
        at += part.bytes.byteLength;
      }
      return at === 0 ? undefined : whole;
    },
    write: (whole) => {
      sql.exec('DELETE FROM snapshot');
      for (let part = 0; part * maxRowBytes < whole.length; part++) {
        const piece = whole.slice(part * maxRowBytes, (part + 1) * maxRowBytes);
        sql.exec('INSERT INTO snapshot (part, length, bytes) VALUES (?, ?, ?)', part, piece.length, piece);
      }
    },
  };
}
