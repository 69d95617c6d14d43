import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isScalarValue } from '../../../font-service/codepoints/codepoint-set.ts';
import { parsePriors } from '../../../font-service/plan/priors.ts';
import { formatPriors } from '../../../server/cli/derive-priors.ts';

const HEAD = '# made for a test\nlanguage\tja\nunlisted\t0.00002\n';

describe('parsePriors', () => {
  it('gives the characters and ranges of a line its share', () => {
    const priors = parsePriors(`${HEAD}0.90\tのに\tU+20,U+41-43\n`);
    expect(priors.language).toBe('ja');
    expect([0x306e, 0x20, 0x42].map(priors.share)).toEqual([0.9, 0.9, 0.9]);
  });

  it('gives what no line names the unlisted share', () => {
    expect(parsePriors(HEAD).share(0x9f98)).toBe(0.00002);
  });

  it('ranks by share, then by codepoint', () => {
    expect(parsePriors(`${HEAD}0.9\tに\tU+20\n0.1\t乙一\n`).ranked).toEqual([0x20, 0x306b, 0x4e00, 0x4e59]);
  });

  it('says nothing of comments and empty lines, whatever ends them', () => {
    expect(parsePriors(`${HEAD}\r\n# 0.8\r\n0.5\t一\r\n`).ranked).toEqual([0x4e00]);
  });

  it.each([
    ['nothing', '', undefined],
    ['no language', 'unlisted\t0.1\n', 1],
    ['no unlisted share', 'language\tja\n0.5\t一\n', 2],
    ['a share above 1', `${HEAD}1.5\t一\n`, 4],
    ['an exponent', `${HEAD}1e-5\t一\n`, 4],
    ['a negative share', `${HEAD}-0.5\t一\n`, 4],
    ['no characters', `${HEAD}0.5\n`, 4],
    ['a fourth field', `${HEAD}0.5\t一\tU+20\t二\n`, 4],
    ['a bad range', `${HEAD}0.5\t一\tU+Z\n`, 4],
    ['a codepoint twice in a line', `${HEAD}0.5\t一\tU+4E00\n`, 4],
    ['a codepoint in two lines', `${HEAD}0.5\t一\n0.4\t一\n`, 5],
    ['shares that rise', `${HEAD}0.4\t一\n0.5\t二\n`, 5],
    ['a lone surrogate', `${HEAD}0.4\t\ud800\n`, 4],
  ])('refuses %s and names the line', (_, text, line) => {
    expect(() => parsePriors(text)).toThrowError(expect.objectContaining({ code: 'bad-priors', details: { line } }));
  });

  it('throws nothing but bad-priors for any text', () => {
    const field = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('0.5', 'U+20-1F', '\t', '#', '一', '1.0'));
    fc.assert(
      fc.property(fc.array(field), (fields) => {
        try {
          parsePriors(HEAD + fields.join('\t'));
        } catch (error) {
          expect(error).toMatchObject({ code: 'bad-priors' });
        }
      }),
    );
  });

  it('reads back what formatPriors writes, within a rounding step', () => {
    const codepoint = fc.oneof(fc.nat(0x2ff), fc.nat(0x10ffff)).filter(isScalarValue);
    const share = fc.double({ min: 0.0001, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(codepoint, share)), (entries) => {
        const shares = new Map(entries);
        const priors = parsePriors(formatPriors('ja', shares));
        for (const [member, expected] of shares) {
          expect(priors.share(member) / expected).toBeGreaterThan(0.9);
          expect(priors.share(member) / expected).toBeLessThan(1.1);
        }
        expect(new Set(priors.ranked).size).toBe(priors.ranked.length);
      }),
    );
  });
});
