import { ByteWriter } from '../../font-service/sfnt/byte-writer.ts';

/** A point of a contour, at its place in font units. */
export type Point = { readonly x: number; readonly y: number; readonly isOnCurve?: boolean };

export type Box = readonly [xMin: number, yMin: number, xMax: number, yMax: number];

export type SimpleGlyphParts = {
  readonly contours: readonly (readonly Point[])[];
  /** The box to state; without one, that of the points. */
  readonly box?: Box;
  readonly hasOverlap?: boolean;
  readonly instructions?: Uint8Array;
};

/** Writes the description of a simple glyph in the plainest way: a flag for each point, every step a word. */
export function describeSimpleGlyph({ contours, box, hasOverlap, instructions }: SimpleGlyphParts) {
  const points = contours.flat();
  const out = new ByteWriter().uint16(contours.length).uint16s(box ?? boxOf(points));
  let last = -1;
  for (const contour of contours) {
    last += contour.length;
    out.uint16(last);
  }
  out.uint16(instructions?.length ?? 0).append(instructions ?? new Uint8Array(0));
  points.forEach(({ isOnCurve = true }, index) => {
    out.uint8((isOnCurve ? 1 : 0) | (hasOverlap && index === 0 ? 0x40 : 0));
  });
  points.forEach(({ x }, index) => {
    out.uint16(x - (points[index - 1]?.x ?? 0));
  });
  points.forEach(({ y }, index) => {
    out.uint16(y - (points[index - 1]?.y ?? 0));
  });
  return out.bytes().slice();
}

function boxOf(points: readonly Point[]): Box {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** A square of `size` units with its lower left corner at `x`, `y`. */
export function squareAt(x: number, y: number, size: number): readonly Point[] {
  return [
    { x, y },
    { x, y: y + size },
    { x: x + size, y: y + size },
    { x: x + size, y },
  ];
}

export const COMPONENT_FLAGS = {
  argsAreWords: 0x0001,
  argsAreXy: 0x0002,
  hasScale: 0x0008,
  moreComponents: 0x0020,
  hasXyScale: 0x0040,
  hasTwoByTwo: 0x0080,
  hasInstructions: 0x0100,
  overlapCompound: 0x0400,
} as const;

export type Component = {
  readonly glyph: number;
  readonly dx: number;
  readonly dy: number;
  /** 1 number: scale; 2: x and y scale; 4: two-by-two; each -2 to 2 (exclusive). */
  readonly transform?: readonly number[];
  readonly flags?: number;
};

/** Writes the description of a composite glyph. */
export function describeCompositeGlyph(components: readonly Component[], box: Box, instructions?: Uint8Array) {
  const out = new ByteWriter().uint16(-1).uint16s(box);
  components.forEach((component, index) => {
    const isLast = index === components.length - 1;
    const more = isLast
      ? instructions === undefined
        ? 0
        : COMPONENT_FLAGS.hasInstructions
      : COMPONENT_FLAGS.moreComponents;
    appendComponent(out, component, more);
  });
  if (instructions !== undefined) out.uint16(instructions.length).append(instructions);
  return out.bytes().slice();
}

function appendComponent(out: ByteWriter, { glyph, dx, dy, transform = [], flags = 0 }: Component, more: number): void {
  const isWide = Math.abs(dx) > 127 || Math.abs(dy) > 127;
  const scaleFlag = {
    0: 0,
    1: COMPONENT_FLAGS.hasScale,
    2: COMPONENT_FLAGS.hasXyScale,
    4: COMPONENT_FLAGS.hasTwoByTwo,
  }[transform.length];
  out.uint16(COMPONENT_FLAGS.argsAreXy | (isWide ? COMPONENT_FLAGS.argsAreWords : 0) | (scaleFlag ?? 0) | flags | more);
  out.uint16(glyph);
  if (isWide) out.uint16s([dx, dy]);
  else out.uint8(dx).uint8(dy);
  out.uint16s(transform.map((factor) => Math.round(factor * 0x4000)));
}
