import { bytesOf, type FaceRecord, type FaceRecords } from './face-record.ts';

/**
 * Chooses the faces to give up so that the others have `allowedBytes` at most: those first that were not used for longest,
 * and `current`, which is being used, last.
 */
export function chooseEvictions(records: FaceRecords, allowedBytes: number, current: string): readonly string[] {
  const usedMs = (face: string, record: FaceRecord) =>
    face === current ? Number.POSITIVE_INFINITY : Math.max(...Object.values(record).map(({ usedMs }) => usedMs));
  let bytes = totalBytes(records);
  const evicted: string[] = [];
  for (const [face, record] of [...records].sort((a, b) => usedMs(...a) - usedMs(...b))) {
    if (bytes <= allowedBytes) break;
    evicted.push(face);
    bytes -= bytesOf(record);
  }
  return evicted;
}

/** The bytes of all files. */
export function totalBytes(records: FaceRecords): number {
  return records.reduce((sum, [, record]) => sum + bytesOf(record), 0);
}
