import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { facesIn, parseRules, stylesheetOf } from '../../support/fake-catalogue.ts';
import { refusalOf } from '../../support/refusal-of.ts';

const CASES = new URL('../../../../shared/data/css2-cases.tsv', import.meta.url);

/** What a refusal says, line by line. */
const linesOf = (query: string) => refusalOf(() => stylesheetOf(query))?.message.split('\n');
const refusalsOf = (query: string) => refusalOf(() => stylesheetOf(query))?.code;
const displaysOf = (query: string) => [
  ...new Set(parseRules(stylesheetOf(query)).map(({ descriptors }) => descriptors.get('font-display'))),
];

/** Our request for a row of the table, and what is to be answered. */
const SERVED: Readonly<Record<number, () => void>> = {
  1: () => {
    const rules = parseRules(stylesheetOf('family=Abel'));
    expect(facesIn(stylesheetOf('family=Abel'))).toEqual(["'Abel' normal 400"]);
    expect(rules.every(({ comment }) => comment !== undefined)).toBe(true);
    expect(rules.every(({ descriptors }) => descriptors.has('unicode-range'))).toBe(true);
    expect(rules.every(({ descriptors }) => descriptors.get('src')?.endsWith(".woff2) format('woff2')"))).toBe(true);
  },
  4: () => expect(stylesheetOf('family=Abel')).toContain("format('woff2')"),
  8: () => {
    const css = stylesheetOf('family=Cardo:ital,wght@0,400;0,700;1,400');
    expect(facesIn(css)).toEqual(["'Cardo' italic 400", "'Cardo' normal 400", "'Cardo' normal 700"]);
  },
  16: () =>
    expect(linesOf('family=Material+Symbols+Outlined:FILL,GRAD,opsz@0..1,-25..0,20..48')).toEqual([
      'Invalid selector',
      'Axes must be listed alphabetically (e.g. a,b,c,A,B,C)',
      'Material Symbols Outlined:FILL,GRAD,opsz@0..1,-25..0,20..48',
    ]),
  17: () =>
    expect(linesOf('family=IBM+Plex+Mono:ital,wght@0,100;1,100;0,200')).toEqual([
      'Invalid selector',
      'Tuples must be sorted',
      'IBM Plex Mono:ital,wght@0,100;1,100;0,200',
    ]),
  20: () =>
    expect(linesOf('family=display:0,1,2,3,wght@1,s;1,w')?.slice(0, 2)).toEqual([
      'Invalid selector',
      'Invalid axisTag: 0',
    ]),
  21: () => expect(refusalsOf('family=Roboto:italic,normal,wght@1,100')).toBe('bad-query'),
  23: () =>
    expect(linesOf('family=Poppins:wght@400..800')?.slice(0, 3)).toEqual([
      'Missing font family',
      'The requested font families are not available.',
      'Requested: Poppins (style: normal, weight: 400, **{wght=[400.0,800.0]})',
    ]),
  24: () => expect(linesOf('family=Barlow:ital,wght@0,100..900;1,100..900')?.[0]).toBe('Missing font family'),
  25: () => expect(facesIn(stylesheetOf('family=Mitr:wght@200;300;400;500;600;700'))).toHaveLength(6),
  27: () => expect(refusalsOf('family=Open+Sans:slnt@-10')).toBe('missing-family'),
  30: () =>
    expect(linesOf('display=swap')).toEqual([
      'Missing font family',
      'The requested font families are not available.',
      'Requested: ',
    ]),
  32: () =>
    expect(facesIn(stylesheetOf('family=Mitr&family=Abel'))).toEqual(["'Mitr' normal 400", "'Abel' normal 400"]),
  33: () => expect(refusalsOf('family[]=Abel')).toBe('missing-family'),
  35: () => {
    const twice = stylesheetOf('family=Cardo:ital@1&family=Cardo:wght@400;700&family=Cardo');
    expect(twice).toBe(stylesheetOf('family=Cardo:ital,wght@0,400;0,700;1,400'));
  },
  37: () => {
    for (const display of ['swap', 'block', 'fallback', 'optional'])
      expect(displaysOf(`family=Cardo:wght@400;700&display=${display}`)).toEqual([display]);
  },
  38: () => expect(displaysOf('family=Abel&display=auto')).toEqual([undefined]),
  40: () => {
    const rules = parseRules(stylesheetOf('family=Cardo:wght@400;700&text=Hello'));
    expect(
      rules.map(({ comment, descriptors }) => [
        comment,
        descriptors.get('font-weight'),
        descriptors.has('unicode-range'),
      ]),
    ).toEqual([
      [undefined, '400', false],
      [undefined, '700', false],
    ]);
  },
  // What the face lacks is an answer like any other: the font of such a set is valid, and has .notdef alone.
  41: () => expect(parseRules(stylesheetOf('family=Abel&text=%E2%88%9E'))).toHaveLength(1),
};

/** Rows that woff2 answers of this service are not about. */
const SET_ASIDE: Readonly<Record<number, string>> = {
  2: 'TrueType for browsers without WOFF2: no longer served',
  3: 'WOFF for Safari 11: no longer served',
  6: 'the number of Google’s own slices; ours are cut otherwise',
  7: 'OpenType for browsers without WOFF2: no longer served',
  9: 'the wdth axis is not served: faces are static instances',
  10: 'font-stretch of an axis that is not served; weights within the range are answered, see stylesheet.test.ts',
  12: 'the slnt axis is not served: faces are static instances',
  14: 'the opsz axis is not served: faces are static instances',
  15: 'slnt, CASL, CRSV and MONO are not served; their order is tested in parse-family.test.ts',
  49: 'the old /css: the route answers 400 whatever is asked',
  50: 'the old /css: the route answers 400 whatever is asked',
};

describe.skipIf(!existsSync(CASES))(
  'the cases of CSS2 whose basis is a real answer or a client that relies on it',
  () => {
    const rows = existsSync(CASES) ? readFileSync(CASES, 'utf8').split('\n').slice(1) : [];
    const cases = rows
      .map((row) => row.split('\t'))
      .filter(([, , , basis = '']) => /^[EFC]/.test(basis))
      .map(([number = '', request = '', expected = '']) => ({ number: Number(number), request, expected }));

    it('are all served or set aside, none twice', () => {
      expect(cases.map(({ number }) => number)).toEqual(
        [...Object.keys(SERVED), ...Object.keys(SET_ASIDE)].map(Number).sort((a, b) => a - b),
      );
    });

    for (const { number, request, expected } of cases) {
      const reason = SET_ASIDE[number];
      if (reason === undefined) it(`${number}: ${request} → ${expected}`, () => SERVED[number]?.());
      else it.skip(`${number}: ${request} (${reason})`);
    }
  },
);
