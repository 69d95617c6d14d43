import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codepointSetOfText } from '../../../../font-service/codepoints/codepoint-set.ts';
import { readFaces } from '../../../../sw/page/read-faces.ts';
import { baseRule, faceOf, planRule, ruleOf } from '../../../support/face-of-page.ts';

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
});
