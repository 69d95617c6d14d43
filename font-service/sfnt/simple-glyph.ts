import { TypecaseError } from '../errors.ts';
import { ByteReader } from './byte-reader.ts';

/** The box that a glyph description states, in font units. */
export type BoundingBox = {
  readonly xMin: number;
  readonly yMin: number;
  readonly xMax: number;
  readonly yMax: number;
};

/** A simple glyph's contours: per contour its last point, per point its step from the point before and whether it is on the curve. */
export type SimpleGlyph = {
  readonly box: BoundingBox;
  readonly endPoints: readonly number[];
  readonly dx: readonly number[];
  readonly dy: readonly number[];
  readonly isOnCurve: readonly boolean[];
  readonly hasOverlap: boolean;
};

const ON_CURVE = 0x01;
const X_SHORT = 0x02;
const Y_SHORT = 0x04;
const REPEAT = 0x08;
const X_SAME_OR_POSITIVE = 0x10;
const Y_SAME_OR_POSITIVE = 0x20;
const OVERLAP_SIMPLE = 0x40;

/** Reads the box of any glyph description with an outline. */
export function readBoundingBox(reader: ByteReader): BoundingBox {
  return { xMin: reader.int16(2), yMin: reader.int16(4), xMax: reader.int16(6), yMax: reader.int16(8) };
}

/**
 * Parses the description of a simple glyph (numberOfContours > 0); its instructions are passed over.
 *
 * @throws TypecaseError `bad-font` when contours run backwards; `out-of-bounds` when the description is cut off.
 * @see https://learn.microsoft.com/typography/opentype/spec/glyf#simple-glyph-description
 */
export function parseSimpleGlyph(description: Uint8Array<ArrayBuffer>): SimpleGlyph {
  const reader = new ByteReader(description, 'a glyph description');
  const contourCount = reader.int16(0);
  const endPoints = Array.from({ length: contourCount }, (_, contour) => reader.uint16(10 + contour * 2));
  if (endPoints.some((end, contour) => end < (endPoints[contour - 1] ?? -1) + (contour === 0 ? 1 : 0))) {
    throw new TypecaseError('bad-font', 'The contours of a glyph end before they begin.');
  }
  const instructions = 10 + contourCount * 2;
  const flagsStart = instructions + 2 + reader.uint16(instructions);
  const { flags, end } = readFlags(reader, flagsStart, (endPoints.at(-1) ?? -1) + 1);
  const xs = readSteps(reader, flags, end, X_SHORT, X_SAME_OR_POSITIVE);
  const ys = readSteps(reader, flags, xs.end, Y_SHORT, Y_SAME_OR_POSITIVE);
  return {
    box: readBoundingBox(reader),
    endPoints,
    dx: xs.steps,
    dy: ys.steps,
    isOnCurve: flags.map((flag) => (flag & ON_CURVE) !== 0),
    hasOverlap: ((flags[0] ?? 0) & OVERLAP_SIMPLE) !== 0,
  };
}

function readFlags(reader: ByteReader, start: number, pointCount: number): { flags: number[]; end: number } {
  const flags: number[] = [];
  let at = start;
  while (flags.length < pointCount) {
    const flag = reader.uint8(at++);
    const times = (flag & REPEAT) === 0 ? 1 : reader.uint8(at++) + 1;
    for (let count = 0; count < times && flags.length < pointCount; count++) flags.push(flag);
  }
  return { flags, end: at };
}

function readSteps(
  reader: ByteReader,
  flags: readonly number[],
  start: number,
  shortBit: number,
  sameOrPositiveBit: number,
): { steps: number[]; end: number } {
  let at = start;
  const steps = flags.map((flag) => {
    const isSameOrPositive = (flag & sameOrPositiveBit) !== 0;
    if ((flag & shortBit) !== 0) {
      const size = reader.uint8(at++);
      return isSameOrPositive ? size : -size;
    }
    if (isSameOrPositive) return 0;
    at += 2;
    return reader.int16(at - 2);
  });
  return { steps, end: at };
}
