import { TypecaseError } from '../errors.ts';

const ARGS_ARE_WORDS = 0x0001;
const HAS_SCALE = 0x0008;
const MORE_COMPONENTS = 0x0020;
const HAS_XY_SCALE = 0x0040;
const HAS_TWO_BY_TWO = 0x0080;
const HAS_INSTRUCTIONS = 0x0100;

/** Most components that one composite glyph may have. */
const MAX_COMPONENTS = 256;

/** Offsets (bytes, from the start of the range given) of the records of a composite glyph's components, and where they end. */
export type ComponentRecords = { readonly starts: readonly number[]; readonly end: number };

/**
 * Finds the component records in `bytes[start, end)`; a record is flags, glyph id, arguments and transformation.
 *
 * @throws TypecaseError `bad-font` for records that are cut off or too many.
 * @see https://learn.microsoft.com/typography/opentype/spec/glyf#composite-glyph-description
 */
export function findComponentRecords(bytes: Uint8Array, start: number, end: number): ComponentRecords {
  const starts: number[] = [];
  let at = start;
  for (let flags = MORE_COMPONENTS; (flags & MORE_COMPONENTS) !== 0; ) {
    if (starts.push(at) > MAX_COMPONENTS) throw badComposite(`it has more than ${MAX_COMPONENTS} components`);
    flags = readUint16(bytes, at);
    at += recordBytes(flags);
    if (at > end) throw badComposite('its component records are cut off');
  }
  return { starts, end: at };
}

/** The glyph id that the component record at `start` names. */
export function readComponentGlyph(bytes: Uint8Array, start: number): number {
  return readUint16(bytes, start + 2);
}

/** Replaces the glyph id that the component record at `start` names. */
export function writeComponentGlyph(bytes: Uint8Array, start: number, glyph: number): void {
  bytes[start + 2] = glyph >>> 8;
  bytes[start + 3] = glyph;
}

/** Clears the mark that instructions follow the records: they are left out. */
export function clearInstructionsMark(bytes: Uint8Array, start: number): void {
  bytes[start] = (bytes[start] ?? 0) & ~(HAS_INSTRUCTIONS >>> 8);
}

function recordBytes(flags: number): number {
  const argumentBytes = (flags & ARGS_ARE_WORDS) !== 0 ? 4 : 2;
  if ((flags & HAS_SCALE) !== 0) return 4 + argumentBytes + 2;
  if ((flags & HAS_XY_SCALE) !== 0) return 4 + argumentBytes + 4;
  return 4 + argumentBytes + ((flags & HAS_TWO_BY_TWO) !== 0 ? 8 : 0);
}

function readUint16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function badComposite(reason: string): TypecaseError {
  return new TypecaseError('bad-font', `A composite glyph cannot be read: ${reason}.`);
}
