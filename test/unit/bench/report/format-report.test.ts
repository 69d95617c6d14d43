import { describe, expect, it } from 'vitest';
import type { BenchResults } from '../../../bench/replay/bench-results.ts';
import { formatReport } from '../../../bench/report/format-report.ts';
import { DELIVERY_WORDS } from '../../../bench/report/words.ts';
import { makeBenchResults } from '../../../support/make-bench-results.ts';

const results = makeBenchResults();
const page = formatReport(results);

/** The opening tags of an element's name, with their attributes. */
const tagsOf = (html: string, name: string) => html.match(new RegExp(`<${name}(?=[ >])[^>]*>`, 'g')) ?? [];

describe('formatReport', () => {
  it('asks nothing of the network, and has no script', () => {
    expect(page).not.toMatch(/https?:|url\(|@import|<script|<link|<img|<iframe|\bsrc=|\bhref=/);
    expect(page).toContain("default-src 'none'");
  });

  it('names every delivery, and says what it is', () => {
    for (const { name, what } of Object.values(DELIVERY_WORDS))
      for (const text of [name, what]) expect(page).toContain(text);
  });

  it('sets the W3C evaluation’s figures beside those of the run', () => {
    for (const figure of ['−91.5 %', '−92.1 %', '−49.6 %', '−9.8 %', '−79.7 %', '−64.6 %'])
      expect(page).toContain(`<td>${figure}</td>`);
  });

  it('gives the figures of the case that charts show', () => {
    const row = results.results.find(
      ({ lang, sites, pagesPerSite, delivery }) =>
        lang === 'ja' && sites === 5 && pagesPerSite === 5 && delivery === 'slices',
    );
    expect(row?.bytes.total).toBe(2_776_000);
    expect(page).toContain('2.78 MB');
  });

  it('captions every table and says which way every head points', () => {
    expect(tagsOf(page, 'table').length).toBeGreaterThan(20);
    expect(tagsOf(page, 'caption')).toHaveLength(tagsOf(page, 'table').length);
    for (const head of tagsOf(page, 'th')) expect(head).toMatch(/scope="(?:col|row|rowgroup)"/);
  });

  it('says in words what a chart of lines shows', () => {
    const charts = tagsOf(page, 'div').filter((tag) => tag.includes('class="chart"'));
    expect(charts).toHaveLength(8);
    for (const chart of charts) expect(chart).toMatch(/role="img" aria-label="[^"]{40,}"/);
  });

  it('states the machine and the versions', () => {
    expect(page).toContain('A processor, 2 cores, 8 GiB, Linux 6.1');
    expect(page).toContain('subset-font <b>2.9.0</b>');
  });

  it('shows text of the results as text', () => {
    const hostile = '"><script>alert(1)</script><img src=x onerror=alert(2)>\'&amp;';
    const [trace] = results.traces;
    const [bad] = results.unflattering;
    const attacked: BenchResults = {
      ...results,
      traces: [{ ...trace!, source: hostile, face: hostile, build: hostile }],
      unflattering: [{ ...bad!, title: hostile, what: hostile }],
      environment: {
        ...results.environment,
        cpu: hostile,
        os: hostile,
        date: hostile,
        versions: { [hostile]: hostile },
      },
    };
    const html = formatReport(attacked);
    expect(html).not.toContain('<script');
    expect(html).not.toContain('<img');
    expect(html).toContain('&quot;&gt;&lt;script&gt;alert(1)');
    expect(html).toContain('&#39;&amp;amp;');
  });

  it('leaves out what was not replayed', () => {
    const html = formatReport({
      ...results,
      network: [],
      storedCurves: [],
      unflattering: [],
      learning: [],
      targets: [],
    });
    for (const id of ['network', 'evaluation', 'storage', 'unflattering', 'learning', 'targets'])
      expect(html).not.toContain(`id="${id}"`);
    expect(html).toContain('id="bytes"');
  });

  it('reports a single scenario of a single language', () => {
    const rows = results.results.filter(({ lang, sites, pagesPerSite }) => lang === 'ko' && sites * pagesPerSite === 1);
    const html = formatReport({ ...results, results: rows });
    expect(html).toContain('1 site, 1 page; means of');
    expect(html).not.toContain('NaN');
  });

  it('refuses results without a row', () => {
    expect(() => formatReport({ ...results, results: [] })).toThrow('at least one');
  });
});
