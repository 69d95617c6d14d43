import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faceIdOf, parseBuildId, parseFaceId, parsePlanId, slugOf } from '../../font-service/identifiers.ts';
import { refusalOf } from '../support/refusal-of.ts';

describe('parseFaceId', () => {
  it.each(['noto-sans-jp-400', 'noto-sans-jp-700-italic', 'a-1', '2-999', 'u3042-u3044-100'])('accepts %s', (text) => {
    expect(parseFaceId(text)).toBe(text);
  });

  it.each([
    '',
    'noto-sans-jp',
    'Noto-sans-400',
    'noto--sans-400',
    '-noto-400',
    'noto-0',
    'noto-1000',
    'noto-040',
    'noto-400-oblique',
    'noto-400-italic-',
    'noto-400\n',
    'noto/../x-400',
    'ｎoto-400',
    `${'a'.repeat(77)}-400`,
  ])('refuses “%s”', (text) => {
    expect(refusalOf(() => parseFaceId(text))?.code).toBe('bad-identifier');
  });
});

describe('parseBuildId and parsePlanId', () => {
  it('accept 10 and 8 hexadecimal digits in lower case', () => {
    expect([parseBuildId('0123456789'), parsePlanId('abcdef01')]).toEqual(['0123456789', 'abcdef01']);
  });

  it.each(['', '012345678', '01234567890', '012345678G', '012345678A', '0123456789\n'])('refuse “%s”', (text) => {
    expect(refusalOf(() => parseBuildId(text))?.code).toBe('bad-identifier');
    expect(refusalOf(() => parsePlanId(text))?.code).toBe('bad-identifier');
  });

  it('quote no more than 100 characters of what they refuse', () => {
    expect(refusalOf(() => parseBuildId('x'.repeat(1e6)))?.message.length).toBeLessThan(200);
  });
});

describe('slugOf', () => {
  it.each([
    ['Noto Sans JP', 'noto-sans-jp'],
    ['  LXGW  WenKai! ', 'lxgw-wenkai'],
    ['Fira Sans Condensed', 'fira-sans-condensed'],
    ['Élégant', 'elegant'],
    ['ＮＯＴＯ', 'noto'],
    ['源ノ角', 'u6e90-u30ce-u89d2'],
    ['☃', ''],
  ])('spells %s as “%s”', (family, slug) => {
    expect(slugOf(family)).toBe(slug);
  });
});

describe('faceIdOf', () => {
  it('names a face by family, weight and style', () => {
    expect(faceIdOf('Noto Sans JP', 400, 'normal')).toBe('noto-sans-jp-400');
    expect(faceIdOf('Cardo', 700, 'italic')).toBe('cardo-700-italic');
  });

  it('names a face that parses, or refuses to, for any family and weight', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 30 }),
        fc.integer(),
        fc.boolean(),
        (family, weight, isItalic) => {
          const name = () => faceIdOf(family, weight, isItalic ? 'italic' : 'normal');
          expect([undefined, 'bad-identifier']).toContain(refusalOf(name)?.code);
        },
      ),
    );
  });
});
