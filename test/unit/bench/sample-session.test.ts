import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, drawIndex, shuffle } from '../../bench/replay/create-random.ts';
import { type Sites, sampleSession, sitesOf } from '../../bench/replay/sample-session.ts';

const OPTIONS = { seed: 1, language: 'ja', locality: 0.5 };

/** Sites `a`, `b` and so on, whose page n draws the codepoint n alone. */
function makeSites(...pageCounts: readonly number[]): Sites {
  return sitesOf(
    pageCounts.flatMap((count, site) =>
      Array.from({ length: count }, (_, page) => ({ site: 'abcdefgh'.charAt(site), page, codepoints: [page + 1] })),
    ),
  );
}

function draw(sites: Sites, count: number, pagesPerSite: number, index = 0, options = OPTIONS) {
  return sampleSession(sites, { sites: count, pagesPerSite }, index, options).map(({ site, key, pages }) => ({
    ...{ site, key },
    pages: pages.map(({ codepoints }) => codepoints[0]!),
  }));
}

describe('a generator', () => {
  it('gives equal numbers for equal keys, and others for others', () => {
    const numbers = (...keys: (string | number)[]) => Array.from({ length: 5 }, createRandom(...keys));
    expect(numbers(1, 'a')).toEqual(numbers(1, 'a'));
    expect(numbers(1, 'a')).not.toEqual(numbers(2, 'a'));
    expect(numbers(1, 'a')).not.toEqual(numbers(1, 'b'));
  });

  it('gives numbers from 0 to below 1, all about as often', () => {
    const random = createRandom('uniform');
    const counts = new Array<number>(10).fill(0);
    for (let draws = 0; draws < 10_000; draws++) {
      const index = drawIndex(random, 10);
      counts[index] = counts[index]! + 1;
    }
    expect(counts.every((count) => count > 850 && count < 1150)).toBe(true);
  });

  it('shuffles without losing anything', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.nat(), (values, seed) => {
        const shuffled = shuffle(values, createRandom(seed));
        expect(shuffled.toSorted((a, b) => a - b)).toEqual(values.toSorted((a, b) => a - b));
      }),
    );
  });
});

describe('a session', () => {
  it('is the same for the same seed, language and number, whatever was drawn before', () => {
    const sites = makeSites(30, 30, 30);
    const [first, second] = [draw(sites, 2, 5, 0), draw(sites, 2, 5, 1)];
    expect(draw(sites, 2, 5, 1)).toEqual(second);
    expect(draw(sites, 2, 5, 0)).toEqual(first);
    expect(draw(sites, 2, 5, 0, { ...OPTIONS, seed: 2 })).not.toEqual(first);
    expect(draw(sites, 2, 5, 0, { ...OPTIONS, language: 'ko' })).not.toEqual(first);
  });

  it('of fewer pages is the beginning of one of more', () => {
    const sites = makeSites(30, 30);
    expect(draw(sites, 1, 20)[0]!.pages.slice(0, 5)).toEqual(draw(sites, 1, 5)[0]!.pages);
  });

  it('is drawn so that all sites are visited as often, however many pages they have', () => {
    const sites = makeSites(100, 2, 5, 30, 1);
    for (const count of [1, 2, 3, 5]) {
      const visited = Array.from({ length: 10 }, (_, index) => draw(sites, count, 1, index)).flat();
      const counts = [...sites.keys()].map((name) => visited.filter(({ site }) => site === name).length);
      expect(counts).toEqual([2, 2, 2, 2, 2].map((times) => times * count));
    }
  });

  it('visits different sites while there are enough', () => {
    const sites = makeSites(9, 9, 9, 9, 9, 9, 9);
    for (let index = 0; index < 20; index++)
      expect(new Set(draw(sites, 5, 1, index).map(({ site }) => site)).size).toBe(5);
  });

  it('draws sites again as sites of their own, with other pages, where there are too few', () => {
    const visits = draw(makeSites(12, 12), 6, 4);
    expect(new Set(visits.map(({ key }) => key)).size).toBe(6);
    for (const name of ['a', 'b']) {
      const pages = visits.filter(({ site }) => site === name).flatMap((visit) => visit.pages);
      expect(new Set(pages).size).toBe(12);
    }
  });

  it('sees no page twice while its site has others', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        fc.nat(50),
        (count, pages, index) => {
          const [visit] = draw(makeSites(count), 1, pages, index);
          expect(visit!.pages).toHaveLength(pages);
          expect(new Set(visit!.pages).size).toBe(Math.min(count, pages));
        },
      ),
    );
  });

  it('goes from page to neighbouring page with full locality', () => {
    const [visit] = draw(makeSites(50), 1, 6, 0, { ...OPTIONS, locality: 1 });
    const sorted = visit!.pages.toSorted((a, b) => a - b);
    expect(sorted.at(-1)! - sorted[0]!).toBe(5);
  });
});
