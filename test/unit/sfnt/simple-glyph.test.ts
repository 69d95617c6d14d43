import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteWriter } from '../../../font-service/sfnt/byte-writer.ts';
import { parseSimpleGlyph } from '../../../font-service/sfnt/simple-glyph.ts';
import { describeSimpleGlyph, type Point, squareAt } from '../../support/glyph-descriptions.ts';
import { refusalOf } from '../../support/refusal-of.ts';

/** Bytes of a description: contour ends, instructions, and then whatever is given. */
function describeRaw(endPoints: readonly number[], rest: readonly number[], instructionBytes = 0) {
  const out = new ByteWriter().uint16(endPoints.length).uint16s([0, 0, 100, 100]).uint16s(endPoints);
  out.uint16(instructionBytes).append(new Uint8Array(instructionBytes).fill(0xff));
  return out.append(Uint8Array.from(rest)).bytes().slice();
}

const steps = fc.integer({ min: -3000, max: 3000 });
const contours = fc.array(
  fc.array(fc.record({ x: steps, y: steps, isOnCurve: fc.boolean() }), { minLength: 1, maxLength: 8 }),
  { minLength: 1, maxLength: 5 },
);

function placesOf({ dx, dy }: { dx: readonly number[]; dy: readonly number[] }) {
  let [x, y] = [0, 0];
  return dx.map((step, index) => {
    x += step;
    y += dy[index] ?? 0;
    return { x, y };
  });
}

describe('parseSimpleGlyph', () => {
  it('reads contours, the box and the mark of overlap', () => {
    const contour = squareAt(10, 20, 300);
    const glyph = parseSimpleGlyph(describeSimpleGlyph({ contours: [contour], hasOverlap: true, box: [0, -1, 2, 3] }));
    expect(glyph).toEqual({
      box: { xMin: 0, yMin: -1, xMax: 2, yMax: 3 },
      endPoints: [3],
      dx: [10, 0, 300, 0],
      dy: [20, 300, 0, -300],
      isOnCurve: [true, true, true, true],
      hasOverlap: true,
    });
  });

  it('reads repeated flags, short steps of both signs, and steps that are left out', () => {
    // Four points with flag 0x37: on the curve, both steps short and positive, repeated three times more by 0x08.
    const same = parseSimpleGlyph(describeRaw([3], [0x3f, 3, 1, 2, 3, 4, 5, 6, 7, 8]));
    expect([same.dx, same.dy]).toEqual([
      [1, 2, 3, 4],
      [5, 6, 7, 8],
    ]);
    const mixed = parseSimpleGlyph(describeRaw([2], [0x07, 0x31, 0x10, 9, 7, 0xff, 0xfe]));
    expect([mixed.dx, mixed.dy, mixed.isOnCurve]).toEqual([
      [-9, 0, 0],
      [-7, 0, -2],
      [true, true, false],
    ]);
  });

  it('reads no more flags than there are points where a repeat goes beyond them', () => {
    expect(parseSimpleGlyph(describeRaw([1], [0x3f, 255, 1, 2, 3, 4])).dx).toEqual([1, 2]);
  });

  it('passes over instructions', () => {
    expect(parseSimpleGlyph(describeRaw([0], [0x37, 5, 6], 300)).dx).toEqual([5]);
  });

  it('accepts a contour without points between others', () => {
    expect(parseSimpleGlyph(describeRaw([0, 0, 1], [0x37, 0x37, 1, 2, 3, 4])).endPoints).toEqual([0, 0, 1]);
  });

  it.each([
    ['contours that run backwards', describeRaw([5, 3], []), 'bad-font', 'end before they begin'],
    ['flags cut off', describeRaw([3], [0x37]), 'out-of-bounds', 'a glyph description ends'],
    ['a repeat count cut off', describeRaw([3], [0x3f]), 'out-of-bounds', 'a glyph description ends'],
    ['x steps cut off', describeRaw([1], [0x37, 0x37, 1]), 'out-of-bounds', 'a glyph description ends'],
    ['y steps cut off', describeRaw([1], [0x01, 0x01, 0, 1, 0, 1, 0]), 'out-of-bounds', 'a glyph description ends'],
    ['contour ends cut off', Uint8Array.of(0x7f, 0xff, 0, 0, 0, 0, 0, 0, 0, 0), 'out-of-bounds', 'a glyph description'],
    [
      'instructions beyond the end',
      describeRaw([0], [], 0).fill(0xff, -2),
      'out-of-bounds',
      'a glyph description ends',
    ],
  ])('refuses %s', (_, description, code, reason) => {
    const refusal = refusalOf(() => parseSimpleGlyph(description));
    expect(refusal?.code).toBe(code);
    expect(refusal?.message).toContain(reason);
  });

  it('finds every point where it was put', () => {
    fc.assert(
      fc.property(contours, fc.boolean(), (parts: readonly (readonly Point[])[], hasOverlap) => {
        const glyph = parseSimpleGlyph(describeSimpleGlyph({ contours: parts, hasOverlap }));
        const points = parts.flat();
        expect(placesOf(glyph)).toEqual(points.map(({ x, y }) => ({ x, y })));
        expect(glyph.isOnCurve).toEqual(points.map(({ isOnCurve }) => isOnCurve));
        expect(glyph.endPoints.map((end, index) => end - (glyph.endPoints[index - 1] ?? -1))).toEqual(
          parts.map(({ length }) => length),
        );
        expect(glyph.hasOverlap).toBe(hasOverlap);
      }),
    );
  });

  it('throws nothing but its two errors for any bytes, and stays quick', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0, maxLength: 200 }), fc.integer({ min: 1, max: 4 }), (bytes, count) => {
        const description = new ByteWriter().uint16(count).append(bytes).bytes().slice();
        expect([undefined, 'bad-font', 'out-of-bounds']).toContain(
          refusalOf(() => parseSimpleGlyph(description))?.code,
        );
      }),
      { numRuns: 500 },
    );
  });
});
