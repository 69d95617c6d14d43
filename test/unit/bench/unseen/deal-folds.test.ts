import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../bench/replay/create-random.ts';
import { dealFolds } from '../../../bench/unseen/deal-folds.ts';

const SITES = Array.from({ length: 14 }, (_, index) => `site ${index}`);
const deal = (folds: number, foldSites: number, seed = 1, sites = SITES) =>
  dealFolds(sites, { folds, foldSites, otherSites: 3 }, createRandom(seed));

describe('dealFolds', () => {
  it('puts each site into one fold; folds differ by one site at most', () => {
    const folds = deal(5, 1);
    expect(folds.map(({ length }) => length).sort()).toEqual([2, 3, 3, 3, 3]);
    expect(folds.flat().sort()).toEqual([...SITES].sort());
  });

  it('goes round again where folds would be too small: no site twice in one, all about as often', () => {
    const folds = deal(5, 5);
    expect(folds.map((fold) => new Set(fold).size)).toEqual([5, 5, 5, 5, 5]);
    const counts = SITES.map((site) => folds.flat().filter((other) => other === site).length);
    expect([Math.min(...counts), Math.max(...counts)]).toEqual([1, 2]);
  });

  it('deals the same with the same seed, and otherwise with another', () => {
    expect(deal(5, 5)).toEqual(deal(5, 5));
    expect(deal(5, 5, 2)).not.toEqual(deal(5, 5));
  });

  it('refuses where too few sites are left to learn from', () => {
    expect(() => deal(5, 5, 1, SITES.slice(0, 7))).toThrow(
      '5 folds of up to 5 sites, each with 3 others to learn from, need 8 sites; there are 7.',
    );
    expect(deal(5, 5, 1, SITES.slice(0, 8))).toHaveLength(5);
  });
});
