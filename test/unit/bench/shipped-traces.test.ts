import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../font-service/pack/face-meta.ts';
import { groupBy } from '../../../server/cli/group-by.ts';
import { readTraces } from '../../../server/cli/traces/read-traces.ts';
import { sampleNeighbours } from '../../bench/sample-neighbours.ts';

const folder = fileURLToPath(new URL('../../bench/traces', import.meta.url));
const readme = readFileSync(`${folder}/README.md`, 'utf8');

describe.each(LANGUAGES)('the traces shipped for %s', (language) => {
  const bySite = groupBy(readTraces(folder, language), ({ site }) => site);

  it('hold at least six sites, most of them with 30 pages that follow one another', () => {
    expect(bySite.size).toBeGreaterThanOrEqual(6);
    for (const pages of bySite.values())
      expect(pages.map(({ page }) => page)).toEqual(pages.map((_, index) => (pages[0]?.page ?? 0) + index));
    expect([...bySite.values()].filter(({ length }) => length === 30).length).toBeGreaterThanOrEqual(5);
  });

  it('state the source and licence of every site', () => {
    for (const site of bySite.keys()) expect(readme).toContain(`| ${language} | ${site} |`);
  });
});

describe('sampleNeighbours', () => {
  const pages = [1, 9, 2, 3, 9, 9].map((count, page) => ({
    site: 'a',
    page,
    codepoints: Array.from({ length: count }, (_, index) => 0x4e00 + index),
  }));

  it('takes the first run whose mean is nearest the site’s', () => {
    expect(sampleNeighbours(pages, 2).map(({ page }) => page)).toEqual([1, 2]);
    expect(sampleNeighbours(pages, 3).map(({ page }) => page)).toEqual([1, 2, 3]);
  });

  it('takes all, where there are no more', () => {
    expect(sampleNeighbours(pages, 6)).toEqual(pages);
    expect(sampleNeighbours([], 6)).toEqual([]);
  });
});
