import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codepointSetOf } from '../../../../font-service/codepoints/codepoint-set.ts';
import { type FontFile, formatFontPath } from '../../../../font-service/font-url.ts';
import { parseBuildId, parseFaceId, parsePlanId } from '../../../../font-service/identifiers.ts';
import { fontPathOf, parseFontKey } from '../../../../sw/fonts/font-key.ts';

const file: fc.Arbitrary<FontFile> = fc.oneof(
  fc.record({ kind: fc.constant('base' as const), number: fc.nat(999), isVertical: fc.boolean() }),
  fc.record({
    kind: fc.constant('slice' as const),
    plan: fc.constant(parsePlanId('89abcdef')),
    number: fc.nat(9999),
  }),
  fc.record({
    kind: fc.constant('delta' as const),
    set: fc.array(fc.integer({ min: 0x3000, max: 0x2ffff }), { minLength: 1 }).map(codepointSetOf),
  }),
);
const face = fc.stringMatching(/^[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,4}-[1-9]00(-italic)?$/).map(parseFaceId);
const build = fc.stringMatching(/^[0-9a-f]{10}$/).map(parseBuildId);

describe('a font key', () => {
  it('is read from every path of a font, and gives it back', () => {
    fc.assert(
      fc.property(face, build, file, (face, build, file) => {
        const path = formatFontPath({ face, build, file });
        const key = parseFontKey(path);
        expect(key).toMatchObject({ face, build });
        expect(key && fontPathOf(key)).toBe(path);
      }),
    );
  });

  it('is read from no other path', () => {
    fc.assert(
      fc.property(fc.string(), (path) => {
        expect(parseFontKey(`/font/${path}`)).toBeUndefined();
      }),
    );
  });

  it.each([
    '/font/A-400/0123456789/base-0.woff2',
    '/font/a-400/012345678/base-0.woff2',
    '/font/a-400/0123456789/base-0.woff',
    '/font/a-400/0123456789/../base-0.woff2',
    '/font/a-400/0123456789/d/.woff2',
    '/font/a-400/0123456789/d/a%20.woff2',
    '/x/font/a-400/0123456789/base-0.woff2',
  ])('is none: %s', (path) => {
    expect(parseFontKey(path)).toBeUndefined();
  });

  it('is none where a set is longer than the server takes it', () => {
    expect(parseFontKey(`/font/a-400/0123456789/d/${'a'.repeat(12_289)}.woff2`)).toBeUndefined();
  });
});
