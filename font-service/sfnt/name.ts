import { TypecaseError } from '../errors.ts';
import { ByteWriter } from '../sfnt/byte-writer.ts';

/** Name ids. @see https://learn.microsoft.com/typography/opentype/spec/name#name-ids */
export const NAME_IDS = {
  copyright: 0,
  family: 1,
  subfamily: 2,
  fullName: 4,
  version: 5,
  postscriptName: 6,
  licence: 13,
  licenceUrl: 14,
} as const;

const WINDOWS = 3;
const UNICODE_BMP = 1;
const ENGLISH_US = 0x0409;
/** Offsets and lengths are of uint16. */
const MAX_STORAGE_BYTES = 0xffff;

/**
 * Writes a `name` table, format 0, for Windows in English; a text that several names share is stored once.
 *
 * @param names name id and text, by ascending id; empty texts are left out.
 * @throws TypecaseError `unservable-font` for texts that are too long together.
 * @see https://learn.microsoft.com/typography/opentype/spec/name
 */
export function writeNameTable(names: readonly (readonly [number, string])[]): Uint8Array<ArrayBuffer> {
  const given = names.filter(([, text]) => text !== '');
  const texts = [...new Set(given.map(([, text]) => text))];
  const storage = new ByteWriter();
  const places = new Map<string, number>();
  for (const text of texts) {
    places.set(text, storage.length);
    for (let index = 0; index < text.length; index++) storage.uint16(text.charCodeAt(index));
  }
  if (storage.length > MAX_STORAGE_BYTES) {
    const reason = `its names take ${storage.length} bytes; ${MAX_STORAGE_BYTES} is the limit`;
    throw new TypecaseError('unservable-font', `The font cannot be served: ${reason}.`);
  }
  const out = new ByteWriter(6 + given.length * 12 + storage.length);
  out
    .uint16(0)
    .uint16(given.length)
    .uint16(6 + given.length * 12);
  for (const [id, text] of given) {
    out.uint16(WINDOWS).uint16(UNICODE_BMP).uint16(ENGLISH_US).uint16(id);
    out.uint16(text.length * 2).uint16(places.get(text) ?? 0);
  }
  return out.append(storage.bytes()).bytes();
}
