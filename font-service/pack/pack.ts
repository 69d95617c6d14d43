import type { CodepointSet } from '../codepoints/codepoint-set.ts';
import { TypecaseError } from '../errors.ts';
import { type FaceMeta, parseFaceMeta } from './face-meta.ts';
import {
  CORE_LENGTH_OFFSET,
  FILE_LENGTH_OFFSET,
  HEADER_BYTES,
  MAX_PACK_BYTES,
  PACK_MAGIC,
  PACK_VERSION,
  SECTION_NAMES,
  SECTION_TABLE_OFFSET,
  type SectionName,
} from './pack-format.ts';

/** The glyphs of a face: arrays with one element a glyph or codepoint, as pack-format.ts documents them. */
export type PackGlyphs = {
  readonly codepoints: CodepointSet;
  readonly codepointGlyphs: Uint16Array<ArrayBuffer>;
  readonly recordOffsets: Uint32Array<ArrayBuffer>;
  readonly contourCounts: Int16Array<ArrayBuffer>;
  readonly glyphFlags: Uint8Array<ArrayBuffer>;
  readonly pointCountBytes: Uint16Array<ArrayBuffer>;
  readonly flagBytes: Uint16Array<ArrayBuffer>;
  readonly plainBytes: Uint16Array<ArrayBuffer>;
  readonly advanceWidths: Uint16Array<ArrayBuffer>;
  readonly leftBearings: Int16Array<ArrayBuffer>;
  /** Empty, like `topBearings`, for a face without vertical metrics. */
  readonly advanceHeights: Uint16Array<ArrayBuffer>;
  readonly topBearings: Int16Array<ArrayBuffer>;
  readonly records: Uint8Array<ArrayBuffer>;
  /** Static sfnt tables by tag. */
  readonly tables: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
};

/** A pack in memory: views into its bytes. */
export type Pack = PackGlyphs & { readonly meta: FaceMeta };

/** What a pack's first bytes say: how long the file and its core are. */
export type PackExtent = { readonly fileBytes: number; readonly coreBytes: number };

/**
 * Reads the extent from a pack's header.
 *
 * @param header at least the first 48 bytes.
 * @throws TypecaseError `bad-pack` for anything but a pack of this version within the limits.
 */
export function readPackExtent(header: Uint8Array<ArrayBuffer>): PackExtent {
  if (header.length < SECTION_TABLE_OFFSET) throw badPack(`it ends after ${header.length} bytes, within its header`);
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  if (view.getUint32(0, true) !== PACK_MAGIC) throw badPack('it does not begin with TCPK');
  const version = view.getUint32(4, true);
  if (version !== PACK_VERSION)
    throw badPack(`it is of version ${version}; ingest the font again for version ${PACK_VERSION}`);
  const fileBytes = view.getUint32(FILE_LENGTH_OFFSET, true);
  const coreBytes = view.getUint32(CORE_LENGTH_OFFSET, true);
  if (fileBytes > MAX_PACK_BYTES) throw badPack(`it says it has ${fileBytes} bytes; ${MAX_PACK_BYTES} is the limit`);
  if (coreBytes < HEADER_BYTES || coreBytes > fileBytes)
    throw badPack('its core is longer than the file or shorter than the header');
  return { fileBytes, coreBytes };
}

/**
 * Tells which bytes of a pack are its description, to read it without the glyphs.
 *
 * @param header the first HEADER_BYTES bytes.
 * @throws TypecaseError `bad-pack`
 */
export function locateMeta(header: Uint8Array<ArrayBuffer>): ByteRange {
  return locateSection(header, 'meta', 1);
}

/**
 * Reads a pack's core; what it returns looks into `core` and copies nothing but the description.
 *
 * Checks the frame (bounds, alignment, lengths that must agree), not every glyph: that is `checkPack`, once, at upload.
 * @param core the first `coreBytes` bytes of the file, or more, beginning at a multiple of 4 in their buffer.
 * @throws TypecaseError `bad-pack`
 */
export function readPack(core: Uint8Array<ArrayBuffer>): Pack {
  const { coreBytes } = readPackExtent(core);
  if (core.length < coreBytes) throw badPack(`its core should have ${coreBytes} bytes, but ${core.length} are there`);
  if (core.byteOffset % 4 !== 0) throw new RangeError('A pack must begin at a multiple of 4 in its buffer.');
  const section = (name: SectionName, elementBytes: number) => {
    const { offset, length } = locateSection(core, name, elementBytes);
    return core.subarray(offset, offset + length);
  };
  const meta = parseFaceMeta(new TextDecoder().decode(section('meta', 1)));
  const pack: Pack = {
    meta,
    codepoints: typed(Uint32Array, section('codepoints', 4)) as CodepointSet,
    codepointGlyphs: typed(Uint16Array, section('codepointGlyphs', 2)),
    recordOffsets: typed(Uint32Array, section('recordOffsets', 4)),
    contourCounts: typed(Int16Array, section('contourCounts', 2)),
    glyphFlags: section('glyphFlags', 1),
    pointCountBytes: typed(Uint16Array, section('pointCountBytes', 2)),
    flagBytes: typed(Uint16Array, section('flagBytes', 2)),
    plainBytes: typed(Uint16Array, section('plainBytes', 2)),
    advanceWidths: typed(Uint16Array, section('advanceWidths', 2)),
    leftBearings: typed(Int16Array, section('leftBearings', 2)),
    advanceHeights: typed(Uint16Array, section('advanceHeights', 2)),
    topBearings: typed(Int16Array, section('topBearings', 2)),
    records: section('records', 1),
    tables: readTables(meta, section('tables', 1)),
  };
  checkLengths(pack);
  return pack;
}

/** A run of bytes of the file. */
export type ByteRange = { readonly offset: number; readonly length: number };

function locateSection(header: Uint8Array<ArrayBuffer>, name: SectionName, elementBytes: number): ByteRange {
  const { coreBytes } = readPackExtent(header);
  if (header.length < HEADER_BYTES) throw badPack(`it ends after ${header.length} bytes, within its header`);
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const entry = SECTION_TABLE_OFFSET + SECTION_NAMES.indexOf(name) * 8;
  const offset = view.getUint32(entry, true);
  const length = view.getUint32(entry + 4, true);
  if (offset < HEADER_BYTES || offset % 4 !== 0 || length % elementBytes !== 0 || offset + length > coreBytes) {
    throw badPack(`its section ${name} is not within the core`);
  }
  return { offset, length };
}

type TypedArrayConstructor<T> = {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBuffer, byteOffset: number, length: number): T;
};

function typed<T>(ArrayType: TypedArrayConstructor<T>, bytes: Uint8Array<ArrayBuffer>): T {
  return new ArrayType(bytes.buffer, bytes.byteOffset, bytes.length / ArrayType.BYTES_PER_ELEMENT);
}

function readTables(meta: FaceMeta, bytes: Uint8Array<ArrayBuffer>): ReadonlyMap<string, Uint8Array<ArrayBuffer>> {
  return new Map(
    meta.tables.map(({ tag, offset, length }) => {
      if (offset + length > bytes.length) throw badPack(`its ${tag} table is not within the tables section`);
      return [tag, bytes.subarray(offset, offset + length)];
    }),
  );
}

function checkLengths(pack: Pack): void {
  const glyphs = pack.contourCounts.length;
  const perGlyph = [
    pack.glyphFlags,
    pack.pointCountBytes,
    pack.flagBytes,
    pack.plainBytes,
    pack.advanceWidths,
    pack.leftBearings,
  ];
  const vertical = pack.advanceHeights.length === 0 ? 0 : glyphs;
  const agrees =
    glyphs > 0 &&
    perGlyph.every((column) => column.length === glyphs) &&
    pack.advanceHeights.length === vertical &&
    pack.topBearings.length === vertical &&
    pack.recordOffsets.length === glyphs + 1 &&
    pack.recordOffsets[glyphs] === pack.records.length &&
    pack.codepointGlyphs.length === pack.codepoints.length &&
    pack.meta.coverage === pack.codepoints.length;
  if (!agrees) throw badPack('its sections do not agree on the number of glyphs and codepoints');
}

/** The error that all readers of packs throw. */
export function badPack(reason: string): TypecaseError {
  return new TypecaseError('bad-pack', `The pack cannot be read: ${reason}.`);
}
