import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codepointSetOf, hasCodepoint, unionOf } from '../../../font-service/codepoints/codepoint-set.ts';
import { formatUnicodeRange, parseUnicodeRange } from '../../../font-service/codepoints/unicode-range.ts';
import { codepointSets } from '../../support/arbitrary-codepoints.ts';
import { refusalOf } from '../../support/refusal-of.ts';

describe('formatUnicodeRange', () => {
  it.each([
    [[0x4e00], 'U+4E00'],
    [[0x4e00, 0x4e01, 0x4e02], 'U+4E00-4E02'],
    [[0x20, 0x22, 0x23], 'U+20,U+22-23'],
    [[0xd7ff, 0xe000], 'U+D7FF,U+E000'],
    [[0xffff, 0x10000, 0x10ffff], 'U+FFFF-10000,U+10FFFF'],
    [[0], 'U+0'],
  ])('writes %j as %s', (members, text) => {
    expect(formatUnicodeRange(codepointSetOf(members))).toBe(text);
  });

  it('bridges a gap that a later face claims whole', () => {
    expect(formatUnicodeRange(codepointSetOf([0x4e00, 0x4e03]), codepointSetOf([0x4e01, 0x4e02]))).toBe('U+4E00-4E03');
  });

  it('bridges no gap that a later face claims in part', () => {
    expect(formatUnicodeRange(codepointSetOf([0x4e00, 0x4e03]), codepointSetOf([0x4e01]))).toBe('U+4E00,U+4E03');
  });

  it('never changes which face wins by bridging', () => {
    const crowded = fc.array(fc.integer({ min: 0x4e00, max: 0x4e40 }), { maxLength: 40 });
    fc.assert(
      fc.property(fc.array(crowded, { minLength: 1, maxLength: 6 }), (lists) => {
        const sets = disjoint(lists);
        const ranges = sets.map((set, index) =>
          parseOrNothing(formatUnicodeRange(set, unionOf(...sets.slice(index + 1)))),
        );
        for (let codepoint = 0x4df0; codepoint < 0x4e50; codepoint++) {
          const holder = sets.findIndex((set) => hasCodepoint(set, codepoint));
          // Of the faces whose ranges hold a codepoint, CSS takes the one declared last.
          expect(ranges.findLastIndex((range) => hasCodepoint(range, codepoint))).toBe(holder);
        }
      }),
      { numRuns: 200 },
    );
  });
});

function disjoint(lists: readonly (readonly number[])[]) {
  const taken = new Set<number>();
  return lists.map((list) => {
    const members = list.filter((codepoint) => !taken.has(codepoint));
    for (const member of members) taken.add(member);
    return codepointSetOf(members);
  });
}

function parseOrNothing(text: string) {
  return text === '' ? codepointSetOf([]) : parseUnicodeRange(text);
}

describe('parseUnicodeRange', () => {
  it.each([
    ['U+26', [0x26]],
    ['u+0-3', [0, 1, 2, 3]],
    ['U+4E0?', Array.from({ length: 16 }, (_, index) => 0x4e00 + index)],
    ['U+?', Array.from({ length: 16 }, (_, index) => index)],
    [' U+41 ,\tU+43-44,U+41', [0x41, 0x43, 0x44]],
    ['U+000041', [0x41]],
    ['U+D7FE-E001', [0xd7fe, 0xd7ff, 0xe000, 0xe001]],
  ])('reads %s', (text, members) => {
    expect([...parseUnicodeRange(text)]).toEqual(members);
  });

  it.each([
    '',
    ',',
    'U+',
    '41',
    'U+G',
    'U+41-40',
    'U+110000',
    'U+0-110000',
    'U+0000041',
    'U+??????',
    'U+4E0?-4E1?',
    'U+4?0',
    'U+41 U+42',
    'U+41-',
    'U+-41',
    'U+41,',
    'U +41',
  ])('refuses “%s”', (text) => {
    expect(refusalOf(() => parseUnicodeRange(text))?.code).toBe('bad-unicode-range');
  });

  it('reads back what formatUnicodeRange writes', () => {
    fc.assert(
      fc.property(codepointSets({ minLength: 1 }), (set) => {
        expect(parseUnicodeRange(formatUnicodeRange(set))).toEqual(set);
      }),
    );
  });

  it('throws nothing but bad-unicode-range for any text', () => {
    const part = fc.oneof(fc.constantFrom('U+', '-', '?', ',', '4E', '0', ' '), fc.string({ maxLength: 3 }));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        expect([undefined, 'bad-unicode-range']).toContain(refusalOf(() => parseUnicodeRange(parts.join('')))?.code);
      }),
    );
  });
});
