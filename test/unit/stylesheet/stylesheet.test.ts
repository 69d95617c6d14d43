import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFontPath } from '../../../font-service/font-url.ts';
import { faceIdOf } from '../../../font-service/identifiers.ts';
import { formatStylesheet } from '../../../font-service/stylesheet/format-stylesheet.ts';
import { parseStylesheetQuery } from '../../../font-service/stylesheet/parse-query.ts';
import { CATALOGUE, facesIn, parseRules, plansIn, stylesheetOf } from '../../support/fake-catalogue.ts';
import { refusalOf } from '../../support/refusal-of.ts';

const refusalsOf = (query: string) => refusalOf(() => stylesheetOf(query))?.code;

function filesIn(css: string) {
  return parseRules(css).map(({ descriptors }) => {
    const [, url = ''] = /^url\((.*)\) format\('woff2'\)$/.exec(descriptors.get('src') ?? '') ?? [];
    const { file } = parseFontPath(new URL(url).pathname);
    return file.kind === 'delta' ? { kind: 'delta', set: [...file.set] } : file;
  });
}

describe('the stylesheet', () => {
  it('names slices, then bases, rarest first, as of overlapping ranges the last wins', () => {
    expect(parseRules(stylesheetOf('family=Abel')).map(({ comment }) => comment)).toEqual(['[0]', 'base-1', 'base-0']);
    expect(filesIn(stylesheetOf('family=Abel'))).toEqual([
      { kind: 'slice', plan: '1a2b3c4d', number: 0 },
      { kind: 'base', number: 1, isVertical: false },
      { kind: 'base', number: 0, isVertical: false },
    ]);
  });

  it('names bases alone with delivery=delta', () => {
    const css = stylesheetOf('family=Abel&delivery=delta');
    expect(parseRules(css).map(({ comment }) => comment)).toEqual(['base-1', 'base-0']);
  });

  it('ends with each plan of deltas once with delivery=delta, for all faces that have it', () => {
    const css = stylesheetOf('family=Cardo:wght@400;700&family=Abel&family=Mitr&delivery=delta');
    expect(plansIn(css)).toEqual([
      { selector: 'cardo-400', text: 'AB.C,,D400' },
      { selector: 'cardo-700', text: 'AB.C,,D700' },
      { selector: 'abel-400,mitr-400', text: 'AAA,,B-_' },
    ]);
    expect(css).toMatch(/\nabel-400,mitr-400\{--typecase-plan:"AAA,,B-_"\}\n$/);
  });

  it.each(['', '&delivery=slices', '&writing=vertical', '&delivery=delta&text=a'])('has no plan with “%s”', (more) => {
    expect(plansIn(stylesheetOf(`family=Abel${more}`))).toEqual([]);
  });

  it('keeps the slices with delivery=delta where a face of an older build has no plan', () => {
    const [abel] = CATALOGUE;
    const face = { ...abel!, plan: { ...abel!.plan, deltas: '' } };
    const query = parseStylesheetQuery(new URLSearchParams('family=Abel&delivery=delta'));
    const css = formatStylesheet([face], query, 'https://fonts.example');
    expect(parseRules(css).map(({ comment }) => comment)).toEqual(['[0]', 'base-1', 'base-0']);
    expect(plansIn(css)).toEqual([]);
  });

  it('names a face that begins with a digit as CSS.escape does', () => {
    const face = { ...CATALOGUE[0]!, family: '8 Bit', face: faceIdOf('8 Bit', 400, 'normal') };
    const css = formatStylesheet([face], parseStylesheetQuery(new URLSearchParams('family=X&delivery=delta')), '');
    expect(plansIn(css).map(({ selector }) => selector)).toEqual(['\\38 -bit-400']);
  });

  it('names the vertical variants of the bases with writing=vertical, and the same slices', () => {
    expect(filesIn(stylesheetOf('family=Abel&writing=vertical')).slice(1)).toEqual([
      { kind: 'base', number: 1, isVertical: true },
      { kind: 'base', number: 0, isVertical: true },
    ]);
  });

  it('names one font of exactly the codepoints of text, each once', () => {
    expect(filesIn(stylesheetOf('family=Abel&text=Hello+%F0%A0%AE%B7'))).toEqual([
      { kind: 'delta', set: [0x20, 0x48, 0x65, 0x6c, 0x6f, 0x20bb7] },
    ]);
  });

  it('takes an empty text for none', () => {
    expect(stylesheetOf('family=Abel&text=')).toBe(stylesheetOf('family=Abel'));
  });

  it('gives text to every family', () => {
    expect(filesIn(stylesheetOf('family=Abel&family=Cardo&text=a'))).toHaveLength(2);
  });

  it('names absolute URLs of the origin it is given', () => {
    expect(stylesheetOf('family=Abel', 'http://fonts.localhost:8787')).toContain(
      'url(http://fonts.localhost:8787/font/abel-400/0123456789/s/1a2b3c4d/0.woff2)',
    );
  });

  it('writes a rule line by line', () => {
    expect(stylesheetOf('family=Abel&display=swap').split('}\n')[0]).toBe(
      [
        '/* [0] */',
        '@font-face {',
        "  font-family: 'Abel';",
        '  font-style: normal;',
        '  font-weight: 400;',
        '  font-display: swap;',
        "  src: url(https://fonts.example/font/abel-400/0123456789/s/1a2b3c4d/0.woff2) format('woff2');",
        '  unicode-range: U+4E00-9FFF;',
        '',
      ].join('\n'),
    );
  });

  it('passes over what it does not know', () => {
    expect(stylesheetOf('family=Abel&subset=latin&foo=1')).toBe(stylesheetOf('family=Abel'));
  });

  it.each([
    'family=Abel&display=bogus',
    'family=Abel&display=',
    'family=Abel&display=Swap',
    'family=Abel&delivery=all',
    'family=Abel&writing=up',
    Array.from({ length: 33 }, () => 'family=Abel').join('&'),
    `family=Abel&text=${encodeURIComponent(String.fromCodePoint(...Array.from({ length: 8001 }, (_, index) => 0x4e00 + index)))}`,
  ])('refuses %.60s', (query) => {
    expect(refusalsOf(query)).toBe('bad-query');
  });

  it.each([
    'family=',
    'family=NoSuch',
    'family=Abel|Cardo',
    'family=Abel:wght@700',
    'family=Abel:ital@1',
    'family=Nur+Fett',
    'family=abel',
    'family=Abel&family=NoSuch',
  ])('has no family for %s', (query) => {
    expect(refusalsOf(query)).toBe('missing-family');
  });

  it('hints at the right spelling and at what is to be had', () => {
    const messageOf = (query: string) => refusalOf(() => stylesheetOf(query))?.message;
    expect(messageOf('family=open+sans')).toContain('did you mean Open Sans?');
    expect(messageOf('family=Cardo:wght@500')).toContain('Available: 700, 400, 400 italic');
  });
});

describe('matching', () => {
  it('answers a range of weights with the instances within it, of a family that had the axis', () => {
    expect(facesIn(stylesheetOf('family=Archivo:wght@100..700'))).toEqual([
      "'Archivo' normal 100",
      "'Archivo' normal 400",
      "'Archivo' normal 700",
    ]);
    expect(refusalsOf('family=Archivo:wght@100..950')).toBe('missing-family');
    expect(refusalsOf('family=Archivo:wdth@62..125')).toBe('missing-family');
  });

  it('answers families in the order of the request', () => {
    const named = facesIn(stylesheetOf('family=Mitr&family=Abel&family=Cardo:ital@1&family=Mitr:wght@700'));
    expect(named).toEqual(["'Mitr' normal 400", "'Mitr' normal 700", "'Abel' normal 400", "'Cardo' italic 400"]);
  });

  it('never names a face twice, whatever is asked for twice', () => {
    const families = fc.constantFrom(
      'Abel',
      'Cardo',
      'Cardo:ital@1',
      'Cardo:wght@400;700',
      'Open Sans:wght@400',
      'Open Sans:wght@300..800',
    );
    fc.assert(
      fc.property(fc.array(families, { minLength: 1, maxLength: 6 }), (asked) => {
        const rules = parseRules(stylesheetOf(asked.map((family) => `family=${encodeURIComponent(family)}`).join('&')));
        const sources = rules.map(({ descriptors }) => descriptors.get('src'));
        expect(new Set(sources).size).toBe(sources.length);
      }),
    );
  });
});

describe('any query', () => {
  const value = fc.oneof(
    fc.constantFrom('Abel', 'Cardo:ital,wght@0,400;1,400', "';}</style><script>", '\u0000', 'swap', '<b>', '*/', '\n}'),
    fc.string({ unit: 'binary', maxLength: 12 }),
  );
  const parameter = fc.tuple(fc.constantFrom('family', 'text', 'display', 'delivery', 'writing', 'x'), value);

  it('is answered with @font-face rules and plans alone or refused, and nothing of it gets into the stylesheet', () => {
    fc.assert(
      fc.property(fc.array(parameter, { maxLength: 5 }), (parameters) => {
        const query = new URLSearchParams(parameters.map(([name, text]) => [name, text])).toString();
        const refusal = refusalOf(() => stylesheetOf(query));
        if (refusal !== undefined) {
          expect(['bad-query', 'missing-family', 'bad-codepoint-set']).toContain(refusal.code);
          return;
        }
        expect(plansIn(stylesheetOf(query)).every(({ selector }) => /^[a-z0-9,-]+$/.test(selector))).toBe(true);
        for (const { descriptors } of parseRules(stylesheetOf(query))) {
          expect(CATALOGUE.map(({ family }) => `'${family}'`)).toContain(descriptors.get('font-family'));
          expect(descriptors.get('src')).toMatch(/^url\(https:\/\/fonts\.example\/font\/[\w/.-]+\) format\('woff2'\)$/);
        }
      }),
      { numRuns: 600 },
    );
  });

  it('never makes the parser throw anything else, also as raw text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const code = refusalOf(() => parseStylesheetQuery(new URLSearchParams(`family=${text}`)))?.code;
        expect([undefined, 'bad-query', 'missing-family']).toContain(code);
      }),
    );
  });

  it('of a face without slices or with one base makes rules as well', () => {
    const [face] = CATALOGUE;
    const bare = { ...face!, plan: { ...face!.plan, slices: [] }, bases: face!.bases.slice(0, 1) };
    const css = formatStylesheet([bare], parseStylesheetQuery(new URLSearchParams('family=Abel')), '');
    expect(parseRules(css).map(({ comment }) => comment)).toEqual(['base-0']);
  });
});
