import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codepointSetOf, codepointSetOfText } from '../../../../font-service/codepoints/codepoint-set.ts';
import { faceIdOf } from '../../../../font-service/identifiers.ts';
import { formatStylesheet } from '../../../../font-service/stylesheet/format-stylesheet.ts';
import { parseStylesheetQuery } from '../../../../font-service/stylesheet/parse-query.ts';
import { readFaces } from '../../../../sw/page/read-faces.ts';
import { baseRule, faceOf, planRule, ruleOf } from '../../../support/face-of-page.ts';
import { CATALOGUE, plansIn } from '../../../support/fake-catalogue.ts';

const keep = (id: string) => id;

describe('reading a stylesheet', () => {
  it('gathers the bases of a face, and who it is', () => {
    const display = { 'font-display': 'swap' };
    const face = faceOf([baseRule('base-1', 'U+3041-3096', display), baseRule('base-0', 'U+20-7E', display)]);
    expect(face).toMatchObject({
      origin: 'https://fonts.example',
      folder: 'https://fonts.example/font/noto-sans-jp-400/0123456789/',
      face: 'noto-sans-jp-400',
      build: '0123456789',
      family: 'Noto Sans JP',
      weight: '400',
      style: 'normal',
      display: 'swap',
      bases: ['U+20-7E', 'U+3041-3096'],
    });
  });

  it('gives each face the plan whose rule names it, whatever its id looks like', () => {
    const other = 'url("https://fonts.example/font/8-bit-400/0123456789/base-0.woff2")';
    const rules = [
      baseRule('base-0', 'U+20-7E'),
      baseRule('base-0', 'U+20-7E', { src: other }),
      planRule({ tiers: [codepointSetOfText('一')] }, 'a, noto-sans-jp-400'),
      planRule({ tiers: [codepointSetOfText('丁')] }, '\\38 -bit-400'),
    ];
    const faces = [...readFaces(rules, false, (id) => id.replace(/^8/, '\\38 ')).values()];
    expect(faces.map(({ planned }) => planned)).toEqual([[0x4e00], [0x4e01]]);
  });

  it('finds the plan of a face that begins with a digit under the name that the service writes', () => {
    const face = { ...CATALOGUE[0]!, family: '8 Bit', face: faceIdOf('8 Bit', 400, 'normal') };
    const css = formatStylesheet([face], parseStylesheetQuery(new URLSearchParams('family=X&delivery=delta')), '');
    const [plan] = plansIn(css);
    const src = `url("https://fonts.example/font/${face.face}/0123456789/base-0.woff2")`;
    const rules = [baseRule('base-0', '', { src }), ruleOf({ '--typecase-plan': `"${plan!.text}"` }, plan!.selector)];
    // CSS.escape, as far as ids go; Node has none.
    const escapeId = (id: string) => id.replace(/^\d/, (digit) => `\\${digit.charCodeAt(0).toString(16)} `);
    const [read] = readFaces(rules, false, escapeId).values();
    expect(read?.face).toBe('8-bit-400');
    expect(read?.planned.length).toBeGreaterThan(0);
  });

  it('reads every plan as it was written', () => {
    const codepoints = fc.uniqueArray(fc.integer({ min: 0x20, max: 0x10ffff }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(codepoints, fc.nat(60), (all, count) => {
        const tiers = [all.slice(0, count), all.slice(count)].map(codepointSetOf);
        const { planned, singles } = faceOf([baseRule('base-0', ''), planRule({ tiers })]);
        expect(planned).toEqual(tiers.flatMap((tier) => [...tier]));
        expect(singles).toBe(tiers[0]?.length);
      }),
    );
  });

  it('keeps builds and origins apart', () => {
    const srcOf = (folder: string) => ({ src: `url("${folder}base-0.woff2")` });
    const folders = [
      'https://a.example/font/x-400/0/',
      'https://a.example/font/x-400/1/',
      'http://b.example/font/x-400/0/',
    ];
    const faces = readFaces(
      folders.map((folder) => baseRule('base-0', '', srcOf(folder))),
      false,
      keep,
    );
    expect([...faces.keys()]).toEqual(folders);
  });

  it('knows which bases CSS brings', () => {
    const byCss = (file: string, isApplied: boolean) => faceOf([baseRule(file, '')], isApplied).byCss;
    expect([byCss('base-0', true), byCss('base-0v', true)]).toEqual(['', 'v']);
    expect([byCss('base-0', false), byCss('base-0v', false)]).toEqual([false, false]);
    expect(faceOf([baseRule('base-0v', '')]).suffix).toBe('v');
  });

  it('passes over what is not of the service’s making', () => {
    const rules = [
      ruleOf({}),
      {},
      ruleOf({ src: 'url("https://site.example/own.woff2")' }),
      ruleOf({ color: 'red' }, 'p'),
      planRule({ tiers: [] }, 'p'),
    ];
    expect(readFaces(rules, true, keep).size).toBe(0);
  });

  it('never throws', () => {
    const values = fc.dictionary(
      fc.constantFrom('src', 'unicode-range', 'font-family', '--typecase-plan'),
      fc.string(),
    );
    const file = fc.string().map((range) => baseRule('base-0', range));
    const plan = fc.string().map((text) => ruleOf({ '--typecase-plan': text }, 'noto-sans-jp-400'));
    const rule = fc.oneof(
      values.map((given) => ruleOf(given, 'p')),
      file,
      plan,
    );
    fc.assert(fc.property(fc.array(rule), (rules) => void readFaces(rules, false, keep)));
  });

  it('never throws at what is nearly right', () => {
    const pieces = ['url("', 'https://', 'a.example', '/font/', 'noto-sans-jp-400', '/', '0', 'base-', 'v', '.woff2'];
    const src = fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((some) => some.join(''));
    // Browsers leave no range that goes beyond U+10FFFF.
    const range = fc.stringMatching(/^(U\+[0-9a-f]{0,4}[-?, ]{0,2}[0-9a-f]{0,4}){0,4}$/);
    const text = fc.stringMatching(/^"?[\w.,-]{0,80}"?$/);
    const file = fc.nat().map((base) => `base-${base}`);
    const base = fc.tuple(file, range).map((given) => baseRule(...given));
    const other = fc.tuple(src, range).map(([src, range]) => baseRule('', range, { src }));
    const plan = text.map((text) => ruleOf({ '--typecase-plan': text }, 'noto-sans-jp-400'));
    fc.assert(
      fc.property(fc.array(fc.oneof(base, other, plan), { maxLength: 6 }), fc.boolean(), (rules, isApplied) => {
        for (const face of readFaces(rules, isApplied, keep).values()) expect(face.folder).toContain('/font/');
      }),
    );
  });
});
