/** A file that is stored recompressed: its name in its build (`d/{set}`, `s/{plan}/{n}`), and what that saves. */
type BestFileRecord = {
  readonly name: string;
  readonly build: string;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
};

/** Which files the store has recompressed. */
export interface BestFileTable {
  has(build: string, name: string): boolean;
  add(file: BestFileRecord): void;
  remove(build: string, name: string): void;
  names(build: string): readonly string[];
  /** Files of other builds, whose pages grow old. */
  ofOtherBuilds(build: string): readonly Pick<BestFileRecord, 'name' | 'build'>[];
  /** A number that changes with the names. */
  version(): number;
  sums(): {
    readonly slices: number;
    readonly deltas: number;
    readonly bytesBefore: number;
    readonly bytesAfter: number;
  };
}

/** Opens the table in a ledger's database. */
export function openBestFileTable(sql: SqlStorage): BestFileTable {
  sql.exec(`CREATE TABLE IF NOT EXISTS best
    (build TEXT NOT NULL, name TEXT NOT NULL, before INTEGER NOT NULL, after INTEGER NOT NULL, PRIMARY KEY (build, name))`);
  sql.exec('CREATE TABLE IF NOT EXISTS best_version (id INTEGER PRIMARY KEY, version INTEGER NOT NULL)');
  sql.exec('INSERT OR IGNORE INTO best_version VALUES (0, 1)');
  const bump = () => sql.exec('UPDATE best_version SET version = version + 1');
  return {
    has: (build, name) => [...sql.exec('SELECT 1 FROM best WHERE build = ? AND name = ?', build, name)].length > 0,
    add: ({ build, name, bytesBefore, bytesAfter }) => {
      sql.exec('INSERT OR REPLACE INTO best VALUES (?, ?, ?, ?)', build, name, bytesBefore, bytesAfter);
      bump();
    },
    remove: (build, name) => {
      sql.exec('DELETE FROM best WHERE build = ? AND name = ?', build, name);
      bump();
    },
    names: (build) =>
      [...sql.exec<{ name: string }>('SELECT name FROM best WHERE build = ? ORDER BY name', build)].map(
        ({ name }) => name,
      ),
    ofOtherBuilds: (build) => [
      ...sql.exec<{ name: string; build: string }>('SELECT name, build FROM best WHERE build <> ?', build),
    ],
    version: () => sql.exec<{ version: number }>('SELECT version FROM best_version').one().version,
    sums: () =>
      sql
        .exec<{ slices: number; deltas: number; bytesBefore: number; bytesAfter: number }>(
          `SELECT total(name LIKE 's/%') slices, total(name LIKE 'd/%') deltas, total(before) bytesBefore,
            total(after) bytesAfter FROM best`,
        )
        .one(),
  };
}
