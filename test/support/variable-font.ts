import { ByteWriter } from '../../font-service/sfnt/byte-writer.ts';
import { NAME_IDS, writeNameTable } from '../../font-service/sfnt/name.ts';
import { describeSimpleGlyph, squareAt } from './glyph-descriptions.ts';
import { makeTinyFont } from './tiny-font.ts';

/** Bounds of the weight axis of a font to make. */
export type WeightAxis = { readonly min: number; readonly default: number; readonly max: number };

/** What the square's right side, at 200 units at the default, is moved by at the axis's maximum. */
export const RIGHT_SIDE_DELTA = 300;

const POINT_COUNT = 4;
const PHANTOM_POINTS = 4;

/**
 * Makes a variable font byte by byte: one square for every letter A to Z, which grows to the right with its weight.
 *
 * @see https://learn.microsoft.com/typography/opentype/spec/fvar and /gvar
 */
export function makeVariableFont(axis: WeightAxis, letters = 26): Uint8Array<ArrayBuffer> {
  const square = describeSimpleGlyph({ contours: [squareAt(0, 0, 200)] });
  const glyphs = [new Uint8Array(0), ...Array.from({ length: letters }, () => square)];
  const cmap = new Map(Array.from({ length: letters }, (_, index) => [0x41 + index, index + 1]));
  const names = writeNameTable([
    [NAME_IDS.family, 'Tiny Variable'],
    [NAME_IDS.subfamily, 'Regular'],
    [256, 'Weight'],
  ]);
  const extraTables = new Map([
    ['fvar', fvarTable(axis)],
    ['gvar', gvarTable(glyphs.length)],
    ['name', names],
  ]);
  return makeTinyFont({ glyphs, cmap, extraTables });
}

function fvarTable({ min, default: initial, max }: WeightAxis): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter().uint16s([1, 0, 16, 2, 1, 20, 0, 8]).tag('wght');
  for (const value of [min, initial, max]) out.uint32(Math.round(value * 0x10000));
  return out.uint16s([0, 256]).bytes();
}

/** One tuple for every glyph but .notdef, at the axis's maximum, with deltas for all points. */
function gvarTable(glyphCount: number): Uint8Array<ArrayBuffer> {
  const data = variationData();
  const offsets = Array.from({ length: glyphCount + 1 }, (_, glyph) => Math.max(glyph - 1, 0) * data.length);
  const tuplesOffset = 20 + offsets.length * 4;
  const out = new ByteWriter().uint16s([1, 0, 1, 1]).uint32(tuplesOffset);
  out
    .uint16(glyphCount)
    .uint16(1)
    .uint32(tuplesOffset + 2);
  for (const offset of offsets) out.uint32(offset);
  out.uint16(0x4000);
  for (let glyph = 1; glyph < glyphCount; glyph++) out.append(data);
  return out.bytes();
}

function variationData(): Uint8Array<ArrayBuffer> {
  const moved = [0, 0, RIGHT_SIDE_DELTA, RIGHT_SIDE_DELTA];
  const xs = [...moved, ...new Array<number>(PHANTOM_POINTS).fill(0)];
  // Private point numbers 0: all points. Deltas as one run of words, then one run of zeros.
  const deltas = new ByteWriter()
    .uint8(0)
    .uint8(0x40 | (xs.length - 1))
    .uint16s(xs);
  deltas.uint8(0x80 | (POINT_COUNT + PHANTOM_POINTS - 1));
  const out = new ByteWriter().uint16(1).uint16(8).uint16(deltas.length).uint16(0x2000);
  return out.append(deltas.bytes()).pad(4).bytes().slice();
}
