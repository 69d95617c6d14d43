import type { DrawnText } from './drawn-text.ts';
import { findSlices, readSliceTable, type SliceTable } from './slice-table.ts';

/** Files by a name of their own (`noto-sans-jp-400/17`) with their sizes in bytes. */
export type FileSizes = Readonly<Record<string, number>>;

/** Lists the files that Google's stylesheet would have a browser fetch for a text; faces without a table are left out. */
export function listGoogleFiles(drawn: DrawnText, tables: ReadonlyMap<string, SliceTable>): FileSizes {
  const files: Record<string, number> = {};
  for (const [face, codepoints] of drawn) {
    const table = tables.get(familyOf(face));
    if (table === undefined) continue;
    const weight = Number(face.slice(face.lastIndexOf('-') + 1));
    for (const index of findSlices(table, codepoints)) files[`${face}/${index}`] = table[index]?.bytes[weight] ?? 0;
  }
  return files;
}

/** Fetches the tables of the families of faces from this site's server; a family that it has none of is left out. */
export async function fetchSliceTables(faces: Iterable<string>): Promise<ReadonlyMap<string, SliceTable>> {
  const families = [...new Set([...faces].map(familyOf))];
  const tables = families.map(async (family): Promise<readonly [string, SliceTable] | undefined> => {
    const response = await fetch(`/slices/${family}.json`).catch(() => undefined);
    return response?.ok ? [family, readSliceTable(await response.json())] : undefined;
  });
  return new Map((await Promise.all(tables)).filter((pair) => pair !== undefined));
}

function familyOf(face: string): string {
  return face.slice(0, face.lastIndexOf('-'));
}
