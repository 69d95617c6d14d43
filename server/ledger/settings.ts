/** Single values of a ledger, by name: texts, numbers, bytes. */
export interface Settings {
  number(name: string): number;
  text(name: string): string;
  bytes(name: string): Uint8Array<ArrayBuffer> | undefined;
  set(name: string, value: number | string | Uint8Array<ArrayBuffer>): void;
}

/** Opens the settings in a ledger's database; a number or text that is not there is 0 or empty. */
export function openSettings(sql: SqlStorage): Settings {
  sql.exec('CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value ANY) STRICT');
  const read = (name: string): SqlStorageValue => {
    const [row] = sql.exec<{ value: SqlStorageValue }>('SELECT value FROM setting WHERE name = ?', name);
    return row?.value ?? null;
  };
  return {
    number: (name) => Number(read(name) ?? 0),
    text: (name) => String(read(name) ?? ''),
    bytes: (name) => {
      const value = read(name);
      return value instanceof ArrayBuffer ? new Uint8Array(value) : undefined;
    },
    set: (name, value) => {
      sql.exec(
        'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
        name,
        value,
      );
    },
  };
}
