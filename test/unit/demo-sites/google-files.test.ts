import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';
import { listGoogleFiles } from '../../../demo-sites/panel/google-files.ts';
import { findSlices, readSliceTable, type WrittenSliceTable } from '../../../demo-sites/panel/slice-table.ts';
import { readGoogleSlices } from '../../../demo-sites/server/google-slices.ts';

const small: WrittenSliceTable = {
  weights: [400, 700],
  slices: [
    ['4e00-4e03,4e05', 100, 110],
    ['4e05,4e10', 200, 220],
    ['20-7e', 10, 11],
  ],
};
const codepointsOf = (text: string) => [...text].map((character) => character.codePointAt(0) ?? 0);

describe('findSlices', () => {
  const table = readSliceTable(small);

  it('takes the later of two slices that name a codepoint, as browsers do', () => {
    expect([...findSlices(table, [0x4e05])]).toEqual([1]);
  });

  it('takes each slice once, and none for what no slice names', () => {
    expect([...findSlices(table, [0x4e00, 0x4e03, 0x4e04, 0x41])]).toEqual([0, 2]);
  });
});

describe('listGoogleFiles', () => {
  it('counts a slice for each weight that draws with it, at that weight’s size', () => {
    const drawn = new Map([
      ['noto-sans-jp-400', new Set([0x4e00, 0x41])],
      ['noto-sans-jp-700', new Set([0x4e00])],
      ['noto-sans-kr-400', new Set([0x41])],
    ]);
    expect(listGoogleFiles(drawn, new Map([['noto-sans-jp', readSliceTable(small)]]))).toEqual({
      'noto-sans-jp-400/0': 100,
      'noto-sans-jp-400/2': 10,
      'noto-sans-jp-700/0': 110,
    });
  });
});

describe('readGoogleSlices', () => {
  let tables: ReadonlyMap<string, WrittenSliceTable>;
  beforeAll(async () => {
    tables = await readGoogleSlices();
  });

  it.each(['noto-sans-jp', 'noto-sans-kr', 'noto-sans-tc', 'noto-sans-sc'])('has the slices of %s', (family) => {
    const { weights, slices } = tables.get(family) as WrittenSliceTable;
    expect(weights).toEqual([400, 700]);
    expect(slices.length).toBeGreaterThan(90);
    expect(slices.every(([, regular = 0, bold = 0]) => regular > 500 && bold > 500)).toBe(true);
  });

  it('has them in the order of the stylesheet, which decides between two that name a codepoint', async () => {
    const path = createRequire(import.meta.url).resolve('@fontsource/noto-sans-jp/400.css');
    const ranges = [...(await readFile(path, 'utf8')).matchAll(/unicode-range: ([^;]+);/g)].map(([, range]) => range);
    const { slices } = tables.get('noto-sans-jp') as WrittenSliceTable;
    expect(slices.map(([range]) => range)).toEqual(ranges.map((range) => range?.toLowerCase().replaceAll('u+', '')));
  });

  it('finds a slice for ordinary text, and few for a short one', () => {
    const found = findSlices(readSliceTable(tables.get('noto-sans-jp') as WrittenSliceTable), codepointsOf('活字の棚'));
    expect(found.size).toBeGreaterThan(1);
    expect(found.size).toBeLessThanOrEqual(4);
  });
});
