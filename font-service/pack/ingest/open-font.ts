import { TypecaseError } from '../../errors.ts';
import { ByteReader } from '../../sfnt/byte-reader.ts';
import { NAME_IDS } from '../../sfnt/name.ts';
import { parseTableDirectory, requireTable } from '../../sfnt/table-directory.ts';
import { subsetWithHarfBuzz } from './harfbuzz.ts';

/** Largest font file that is read, and the largest that a WOFF2 file may say it unpacks to. */
export const MAX_FONT_BYTES = 48 * 1024 * 1024;

/** Axis values to pin, by tag; empty for a static font. */
export type AxisLocation = Readonly<Record<string, number>>;

const KEPT_NAMES = Object.values(NAME_IDS);

/**
 * Opens a font file as plain TrueType: checked frame, rewritten by HarfBuzz, hinting stripped, all glyphs kept.
 *
 * Whatever reads the font later reads HarfBuzz's tables, never those of the file.
 * @throws TypecaseError `unservable-font` with the reason for what is no single font with glyf outlines; `bad-font` or
 *   `out-of-bounds` for what is broken.
 */
export async function openFont(file: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  if (file.length > MAX_FONT_BYTES) throw unservable(`it has ${file.length} bytes; ${MAX_FONT_BYTES} is the limit`);
  refuseOtherFormats(file);
  return rewrite(file, {});
}

/** Takes the static instance at `location` of an opened variable font. */
export function instanceFont(font: Uint8Array<ArrayBuffer>, location: AxisLocation): Promise<Uint8Array<ArrayBuffer>> {
  return rewrite(font, location);
}

function rewrite(font: Uint8Array<ArrayBuffer>, variationAxes: AxisLocation): Promise<Uint8Array<ArrayBuffer>> {
  return subsetWithHarfBuzz(font, { text: '', keepAllGlyphs: true, preserveNameIds: KEPT_NAMES, variationAxes });
}

function refuseOtherFormats(file: Uint8Array<ArrayBuffer>): void {
  const reader = new ByteReader(file, 'the font file');
  const signature = reader.tag(0);
  if (signature === 'wOF2') {
    refuseFlavour(reader.tag(4));
    const unpackedBytes = reader.uint32(16);
    if (unpackedBytes > MAX_FONT_BYTES)
      throw unservable(`it unpacks to ${unpackedBytes} bytes; ${MAX_FONT_BYTES} is the limit`);
    if (reader.uint32(8) !== file.length)
      throw badFile(`its header says ${reader.uint32(8)} bytes, the file has ${file.length}`);
    return;
  }
  refuseFlavour(signature);
  const tables = parseTableDirectory(file);
  if (tables.has('CFF ') || tables.has('CFF2'))
    throw unservable('its outlines are CFF; a build with glyf outlines (.ttf) is needed');
  if (!tables.has('glyf')) throw unservable('it has no glyf outlines; bitmap and SVG fonts are not served');
  for (const tag of NEEDED_TABLES) requireTable(tables, tag);
}

/** HarfBuzz reads a font without some of these, as one whose glyphs are empty. */
const NEEDED_TABLES = ['head', 'hhea', 'hmtx', 'maxp', 'loca', 'cmap', 'OS/2', 'post'];

function refuseFlavour(signature: string): void {
  if (signature === 'ttcf') throw unservable('it is a collection; extract the one font to serve (.ttf)');
  if (signature === 'OTTO') throw unservable('its outlines are CFF; a build with glyf outlines (.ttf) is needed');
  if (signature === 'wOFF') throw unservable('it is WOFF 1; give the TTF or WOFF2 file');
  if (signature !== '\0\x01\0\0' && signature !== 'true') throw badFile('it begins like no TTF, OTF or WOFF2 font');
}

function unservable(reason: string): TypecaseError {
  return new TypecaseError('unservable-font', `The font cannot be served: ${reason}.`);
}

function badFile(reason: string): TypecaseError {
  return new TypecaseError('bad-font', `The file cannot be read as a font: ${reason}.`);
}
