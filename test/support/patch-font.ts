import { parseTableDirectory, writeSfnt } from '../../font-service/sfnt/table-directory.ts';

type Tables = Map<string, Uint8Array<ArrayBuffer>>;

/** A TrueType font with some of its tables changed, taken out or added. */
export function patchFont(font: Uint8Array<ArrayBuffer>, patch: (tables: Tables) => void): Uint8Array<ArrayBuffer> {
  const tables = new Map(Array.from(parseTableDirectory(font), ([tag, bytes]) => [tag, bytes.slice()] as const));
  patch(tables);
  return writeSfnt(tables);
}

/** A TrueType font with a uint16 of one of its tables replaced. */
export function patchUint16(
  font: Uint8Array<ArrayBuffer>,
  tag: string,
  offset: number,
  value: number,
): Uint8Array<ArrayBuffer> {
  return patchFont(font, (tables) => {
    const table = tables.get(tag);
    if (table === undefined) throw new Error(`The font has no ${tag} table to patch.`);
    new DataView(table.buffer, table.byteOffset).setUint16(offset, value);
  });
}
