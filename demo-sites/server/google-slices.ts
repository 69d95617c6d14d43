import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { WrittenSliceTable } from '../panel/slice-table.ts';

/*
 * The slices are Google's: its division of the fonts into unicode-range slices (github.com/googlefonts/nam-files,
 * Apache-2.0) and the font files that it serves, by way of the packages @fontsource/noto-sans-* (font files under the SIL
 * Open Font License 1.1, © The Noto Project Authors). Only ranges and file sizes are read; no file of theirs is served.
 */
const require = createRequire(import.meta.url);
const WEIGHTS = [400, 700];

/** Where the ranges of a family are; throws where its package is not installed. */
const rangesPaths: Readonly<Record<string, () => string>> = {
  'noto-sans-jp': () => require.resolve('@fontsource/noto-sans-jp/unicode.json'),
  'noto-sans-kr': () => require.resolve('@fontsource/noto-sans-kr/unicode.json'),
  'noto-sans-tc': () => require.resolve('@fontsource/noto-sans-tc/unicode.json'),
  'noto-sans-sc': () => require.resolve('@fontsource/noto-sans-sc/unicode.json'),
};

/**
 * Reads what Google's slices of the demo's families are and weigh, by family (`noto-sans-jp`).
 *
 * A family whose development dependency is not installed is left out: pages then say that there is no comparison.
 */
export async function readGoogleSlices(): Promise<ReadonlyMap<string, WrittenSliceTable>> {
  const tables = new Map<string, WrittenSliceTable>();
  for (const [family, findRanges] of Object.entries(rangesPaths)) {
    const path = tryToFind(findRanges);
    if (path !== undefined) tables.set(family, await readTable(family, path));
  }
  return tables;
}

function tryToFind(find: () => string): string | undefined {
  try {
    return find();
  } catch {
    return undefined;
  }
}

async function readTable(family: string, rangesPath: string): Promise<WrittenSliceTable> {
  const rangesBySlice: Readonly<Record<string, string>> = JSON.parse(await readFile(rangesPath, 'utf8'));
  const slices = Object.entries(rangesBySlice).map(
    async ([slice, ranges]): Promise<readonly [string, ...number[]]> => [
      ranges.toLowerCase().replaceAll('u+', ''),
      ...(await Promise.all(WEIGHTS.map((weight) => sizeOf(`${dirname(rangesPath)}/files`, family, slice, weight)))),
    ],
  );
  return { weights: WEIGHTS, slices: await Promise.all(slices) };
}

/** Slices are named `latin`, or `[12]` where they have only a number. */
async function sizeOf(folder: string, family: string, slice: string, weight: number): Promise<number> {
  const name = slice.replace(/[[\]]/g, '');
  const { size } = await stat(`${folder}/${family}-${name}-${weight}-normal.woff2`);
  return size;
}
