import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clearInstructionsMark,
  findComponentRecords,
  readComponentGlyph,
  writeComponentGlyph,
} from '../../../font-service/sfnt/composite-glyph.ts';
import { type Component, describeCompositeGlyph } from '../../support/glyph-descriptions.ts';
import { refusalOf } from '../../support/refusal-of.ts';

const HEAD_BYTES = 10;
const BOX = [0, 0, 1, 1] as const;

const components: fc.Arbitrary<readonly Component[]> = fc.array(
  fc.record({
    glyph: fc.nat(0xffff),
    dx: fc.integer({ min: -2000, max: 2000 }),
    dy: fc.integer({ min: -100, max: 100 }),
    transform: fc.constantFrom([], [0.5], [0.5, -0.5], [0.5, 0.25, -0.25, 0.5]),
  }),
  { minLength: 1, maxLength: 20 },
);

describe('findComponentRecords', () => {
  it('steps over each kind of record by its length', () => {
    const glyph = describeCompositeGlyph(
      [
        { glyph: 1, dx: 5, dy: 5 },
        { glyph: 2, dx: 500, dy: 5 },
        { glyph: 3, dx: 5, dy: 5, transform: [0.5] },
        { glyph: 4, dx: 5, dy: 5, transform: [0.5, 0.5] },
        { glyph: 5, dx: 500, dy: 5, transform: [1, 0.5, 0.5, 1] },
      ],
      BOX,
      Uint8Array.of(1, 2, 3),
    );
    const { starts, end } = findComponentRecords(glyph, HEAD_BYTES, glyph.length);
    expect(starts).toEqual([10, 16, 24, 32, 42]);
    expect(end).toBe(58);
    expect(starts.map((start) => readComponentGlyph(glyph, start))).toEqual([1, 2, 3, 4, 5]);
  });

  it('finds the records again wherever they stand, and whatever follows them', () => {
    fc.assert(
      fc.property(components, fc.uint8Array({ maxLength: 9 }), (parts, tail) => {
        const glyph = describeCompositeGlyph(parts, BOX, tail);
        const { starts, end } = findComponentRecords(glyph, HEAD_BYTES, glyph.length);
        expect(starts.map((start) => readComponentGlyph(glyph, start))).toEqual(parts.map((part) => part.glyph));
        expect(end).toBe(glyph.length - 2 - tail.length);
      }),
    );
  });

  it('refuses records that are cut off anywhere', () => {
    fc.assert(
      fc.property(components, fc.nat(1000), (parts, cut) => {
        const glyph = describeCompositeGlyph(parts, BOX);
        const end = HEAD_BYTES + (cut % (glyph.length - HEAD_BYTES));
        const refusal = refusalOf(() => findComponentRecords(glyph, HEAD_BYTES, end));
        expect(refusal).toMatchObject({ code: 'bad-font', message: expect.stringContaining('cut off') });
      }),
    );
  });

  it('refuses more than 256 components', () => {
    const parts = Array.from({ length: 257 }, () => ({ glyph: 1, dx: 0, dy: 0 }));
    const most = describeCompositeGlyph(parts.slice(1), BOX);
    expect(findComponentRecords(most, HEAD_BYTES, most.length).starts).toHaveLength(256);
    const tooMany = describeCompositeGlyph(parts, BOX);
    const refusal = refusalOf(() => findComponentRecords(tooMany, HEAD_BYTES, tooMany.length));
    expect(refusal).toMatchObject({ code: 'bad-font', message: expect.stringContaining('more than 256') });
  });

  it('throws nothing but bad-font for any bytes and bounds', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(70), fc.nat(70), (bytes, start, end) => {
        const code = refusalOf(() => findComponentRecords(bytes, start, Math.min(end, bytes.length)))?.code;
        expect([undefined, 'bad-font']).toContain(code);
      }),
    );
  });
});

describe('writeComponentGlyph', () => {
  it('replaces the glyph id and nothing else', () => {
    const glyph = describeCompositeGlyph([{ glyph: 0x1234, dx: 1, dy: 2 }], BOX);
    const changed = glyph.slice();
    writeComponentGlyph(changed, HEAD_BYTES, 0xfedc);
    expect(readComponentGlyph(changed, HEAD_BYTES)).toBe(0xfedc);
    writeComponentGlyph(changed, HEAD_BYTES, 0x1234);
    expect(changed).toEqual(glyph);
  });
});

describe('clearInstructionsMark', () => {
  it('clears the mark and no other flag', () => {
    const parts = [{ glyph: 7, dx: 1, dy: 2, transform: [0.5] }];
    const marked = describeCompositeGlyph(parts, BOX, new Uint8Array(0));
    clearInstructionsMark(marked, HEAD_BYTES);
    expect(marked.slice(0, -2)).toEqual(describeCompositeGlyph(parts, BOX));
  });
});
