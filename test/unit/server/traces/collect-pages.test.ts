import { describe, expect, it } from 'vitest';
import { createPageCollector, MAX_PAGES_A_SITE } from '../../../../server/cli/traces/collect-pages.ts';
import type { SourcePage } from '../../../../server/cli/traces/source-page.ts';

const page = (site: string, path: string, mark: string): SourcePage => ({
  kind: 'page',
  site,
  path,
  format: 'text',
  content: `${'いろは'.repeat(60)}${mark}`,
});

describe('createPageCollector', () => {
  it('ranks the pages of each site by path, and holds no path', () => {
    const collector = createPageCollector();
    for (const [site, path] of [
      ['b', '/2'],
      ['a', '/3'],
      ['a', '/10'],
    ] as const)
      collector.take(page(site, path, path));
    const pages = collector.finish().byLanguage.get('ja') ?? [];
    const placeOf = (rank: string) => pages.find(({ codepoints }) => codepoints.includes(rank.codePointAt(0) ?? 0));
    expect(pages.map(({ site, page: rank }) => [site, rank])).toEqual([
      ['b', 0],
      ['a', 0],
      ['a', 1],
    ]);
    expect(placeOf('3')).toMatchObject({ site: 'a', page: 1 });
    expect(Object.keys(pages[0] ?? {}).sort()).toEqual(['characters', 'codepoints', 'page', 'site']);
  });

  it('drops a page whose text a page of the same site has, not of another', () => {
    const collector = createPageCollector();
    for (const [site, path] of [
      ['a', '/1'],
      ['a', '/2'],
      ['b', '/1'],
    ] as const)
      collector.take(page(site, path, ''));
    const { byLanguage, dropped } = collector.finish();
    expect(byLanguage.get('ja')?.map(({ site }) => site)).toEqual(['a', 'b']);
    expect([...dropped.values()]).toEqual([1]);
  });

  it('samples the same pages of a large site whatever their order', () => {
    const pages = Array.from({ length: MAX_PAGES_A_SITE + 20 }, (_, number) =>
      page('a', `/${number}`, String.fromCodePoint(0x4e00 + number)),
    );
    const collect = (order: readonly SourcePage[]) => {
      const collector = createPageCollector();
      for (const one of order) collector.take(one);
      return collector.finish();
    };
    const { byLanguage, dropped } = collect(pages);
    expect(byLanguage.get('ja')).toHaveLength(MAX_PAGES_A_SITE);
    expect([...dropped]).toEqual([[`more than ${MAX_PAGES_A_SITE} pages of the site`, 20]]);
    expect(collect(pages.toReversed()).byLanguage).toEqual(byLanguage);
  });

  it('counts what sources dropped', () => {
    const collector = createPageCollector();
    for (let time = 0; time < 2; time++) collector.take({ kind: 'dropped', reason: 'not HTML' });
    expect([...collector.finish().dropped]).toEqual([['not HTML', 2]]);
  });
});
