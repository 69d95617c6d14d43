import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codepointSetOf } from '../../font-service/codepoints/codepoint-set.ts';
import { formatSet } from '../../font-service/codepoints/set-encoding.ts';
import {
  type FontAddress,
  type FontFile,
  formatFontPath,
  packFileName,
  parseFontPath,
} from '../../font-service/font-url.ts';
import { parseBuildId, parseFaceId, parsePlanId } from '../../font-service/identifiers.ts';
import { codepointSets } from '../support/arbitrary-codepoints.ts';
import { refusalOf } from '../support/refusal-of.ts';

const face = parseFaceId('noto-sans-jp-400');
const build = parseBuildId('0123456789');
const plan = parsePlanId('1a2b3c4d');
const ROOT = '/font/noto-sans-jp-400/0123456789';

const files: fc.Arbitrary<FontFile> = fc.oneof(
  fc.record({ kind: fc.constant('base' as const), number: fc.nat(999), isVertical: fc.boolean() }),
  fc.record({ kind: fc.constant('slice' as const), plan: fc.constant(plan), number: fc.nat(9999) }),
  codepointSets({ minLength: 1 }).map((set) => ({ kind: 'delta' as const, set })),
);

describe('formatFontPath', () => {
  it.each<[FontFile, string]>([
    [{ kind: 'base', number: 0, isVertical: false }, `${ROOT}/base-0.woff2`],
    [{ kind: 'base', number: 12, isVertical: true }, `${ROOT}/base-12v.woff2`],
    [{ kind: 'slice', plan, number: 45 }, `${ROOT}/s/1a2b3c4d/45.woff2`],
    [{ kind: 'delta', set: codepointSetOf([0]) }, `${ROOT}/d/Af.woff2`],
  ])('of %j is %s', (file, path) => {
    expect(formatFontPath({ face, build, file })).toBe(path);
  });

  it('names finished files as the pack does', () => {
    expect(packFileName({ kind: 'base', number: 3, isVertical: true })).toBe('base-3v');
    expect(packFileName({ kind: 'slice', plan, number: 3 })).toBe('s/1a2b3c4d/3');
  });
});

describe('parseFontPath', () => {
  it('reads back what formatFontPath writes', () => {
    fc.assert(
      fc.property(files, (file) => {
        const address: FontAddress = { face, build, file };
        expect(parseFontPath(formatFontPath(address))).toEqual(address);
      }),
    );
  });

  it('knows one path of a file: what it reads is what formatFontPath writes', () => {
    const change = fc.record({
      at: fc.nat(200),
      text: fc.constantFrom('', '/', '.', '0', 'v', 'A', '-', '%2F', '//', 'x'),
      length: fc.nat(2),
    });
    fc.assert(
      fc.property(files, change, (file, { at, text, length }) => {
        const path = formatFontPath({ face, build, file });
        const place = at % (path.length + 1);
        const changed = path.slice(0, place) + text + path.slice(place + length);
        const refusal = refusalOf(() => parseFontPath(changed));
        if (refusal === undefined) expect(formatFontPath(parseFontPath(changed))).toBe(changed);
        else expect(['bad-identifier', 'bad-codepoint-set']).toContain(refusal.code);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    '',
    '/',
    '/font',
    `${ROOT}/base-0`,
    `${ROOT}/base-00.woff2`,
    `${ROOT}/base-1000.woff2`,
    `${ROOT}/base-0V.woff2`,
    `${ROOT}/base--1.woff2`,
    `${ROOT}//base-0.woff2`,
    `${ROOT}/base-0.woff2/`,
    `${ROOT}/base-0.woff2?x`,
    `${ROOT}/base-0.woff2.woff2`,
    `${ROOT}/s/1a2b3c4d/01.woff2`,
    `${ROOT}/s/1a2b3c4/1.woff2`,
    `${ROOT}/s/1a2b3c4d/1/2.woff2`,
    `${ROOT}/d/.woff2`,
    `${ROOT}/d/${formatSet(codepointSetOf([7]))}_.woff2`,
    `${ROOT}/x/1.woff2`,
    `/fonts/noto-sans-jp-400/0123456789/base-0.woff2`,
    `font/noto-sans-jp-400/0123456789/base-0.woff2`,
    `elsewhere${ROOT}/base-0.woff2`,
    `/font/noto-sans-jp/0123456789/base-0.woff2`,
    `/font/noto-sans-jp-400/012345678/base-0.woff2`,
    `/font/../0123456789/base-0.woff2`,
  ])('refuses “%s”', (path) => {
    expect(['bad-identifier', 'bad-codepoint-set']).toContain(refusalOf(() => parseFontPath(path))?.code);
  });

  it('says which part is wrong', () => {
    const messageOf = (path: string) => refusalOf(() => parseFontPath(path))?.message;
    expect(messageOf('/font/x/0123456789/base-0.woff2')).toContain('“x” is no face');
    expect(messageOf('/font/x-400/y/base-0.woff2')).toContain('“y” is no build');
    expect(messageOf(`${ROOT}/s/z/0.woff2`)).toContain('“z” is no plan');
    expect(messageOf(`${ROOT}/base.woff2`)).toContain('names no font file');
  });

  it('throws nothing but its two errors for any path', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('font', 'd', 's', 'x-400', '0123456789'))),
        (parts) => {
          const code = refusalOf(() => parseFontPath(`/${parts.join('/')}`))?.code;
          expect(['bad-identifier', 'bad-codepoint-set']).toContain(code);
        },
      ),
    );
  });
});
