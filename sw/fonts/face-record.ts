import { OLD_BUILD_GRACE_MS } from './limits.ts';

/** What is stored of one build of a face: when it was first and last used (ms since 1970), and each file's bytes. */
type BuildRecord = {
  readonly firstUsedMs: number;
  readonly usedMs: number;
  readonly files: Readonly<Record<string, number>>;
};

/** What is stored of a face, by build. */
export type FaceRecord = Readonly<Record<string, BuildRecord>>;

/** What is stored of all faces, by face. */
export type FaceRecords = readonly (readonly [string, FaceRecord])[];

/** A record in which a build is used now, and a file of it has so many bytes. */
export function withUse(
  record: FaceRecord,
  build: string,
  nowMs: number,
  files: Readonly<Record<string, number>> = {},
): FaceRecord {
  const known = record[build] ?? { firstUsedMs: nowMs, files: {} };
  return { ...record, [build]: { ...known, usedMs: nowMs, files: { ...known.files, ...files } } };
}

/** A record without a file; a build without files is left out. */
export function withoutFile(record: FaceRecord, build: string, file: string): FaceRecord {
  const { [build]: known, ...others } = record;
  const { [file]: _, ...files } = known?.files ?? {};
  return known && Object.keys(files).length ? { ...others, [build]: { ...known, files } } : others;
}

/**
 * A record without the builds that a newer one has replaced, except those that were used within the last day.
 *
 * The newest is the one that was first used last. Cached stylesheets go on naming an older one for hours; then pages ask
 * for both in turn, and what is dropped at one page would be fetched at the next.
 */
export function withoutOldBuilds(record: FaceRecord, nowMs: number): FaceRecord {
  const newestMs = Math.max(...Object.values(record).map(({ firstUsedMs }) => firstUsedMs));
  const kept = Object.entries(record).filter(
    ([, { firstUsedMs, usedMs }]) => firstUsedMs >= newestMs || usedMs >= nowMs - OLD_BUILD_GRACE_MS,
  );
  return Object.fromEntries(kept);
}

/** The bytes of a face's files. */
export function bytesOf(record: FaceRecord): number {
  return Object.values(record)
    .flatMap(({ files }) => Object.values(files))
    .reduce((sum, bytes) => sum + bytes, 0);
}
