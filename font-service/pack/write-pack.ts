import type { FaceMeta } from './face-meta.ts';
import type { PackGlyphs } from './pack.ts';
import {
  CORE_LENGTH_OFFSET,
  DIGEST_OFFSET,
  DIGESTED_FROM,
  FILE_LENGTH_OFFSET,
  HEADER_BYTES,
  PACK_MAGIC,
  PACK_VERSION,
  SECTION_NAMES,
  SECTION_TABLE_OFFSET,
  type SectionName,
} from './pack-format.ts';

/** A finished font file within a pack: its name without extension, and its bytes. */
export type PackFile = { readonly name: string; readonly bytes: Uint8Array };

/** Everything of a pack's description but what writing decides: where tables and files are. */
export type PackDescription = Omit<FaceMeta, 'tables' | 'files'>;

/** What a pack is written from. */
export type PackParts = {
  readonly description: PackDescription;
  readonly glyphs: PackGlyphs;
  readonly files: readonly PackFile[];
};

/** SHA-256 of some bytes: 32 bytes. */
export type Sha256 = (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;

/** Writes a pack, in the format that pack-format.ts documents. */
export async function writePack(parts: PackParts, sha256: Sha256): Promise<Uint8Array<ArrayBuffer>> {
  const directoryOf = (places: readonly Place[]) =>
    places.map(({ name: tag, offset, length }) => ({ tag, offset, length }));
  const tables = layOut(
    Array.from(parts.glyphs.tables, ([name, bytes]) => ({ name, bytes })),
    4,
  );
  const files = layOut(parts.files, 1);
  const meta: FaceMeta = {
    ...parts.description,
    tables: directoryOf(tables.places),
    files: files.places.map(({ name, offset, length }) => ({ name, offset, length })),
  };
  const bytesOf = (name: SectionName): Uint8Array => {
    if (name === 'meta') return new TextEncoder().encode(JSON.stringify(meta));
    if (name === 'tables') return tables.bytes;
    const { buffer, byteOffset, byteLength } = parts.glyphs[name];
    return new Uint8Array(buffer, byteOffset, byteLength);
  };
  const core = layOut(
    SECTION_NAMES.map((name) => ({ name, bytes: bytesOf(name) })),
    4,
  );
  const coreBytes = HEADER_BYTES + core.bytes.length;
  const pack = new Uint8Array(coreBytes + files.bytes.length);
  writeHeader(pack, core.places, coreBytes);
  pack.set(core.bytes, HEADER_BYTES);
  pack.set(files.bytes, coreBytes);
  pack.set(await sha256(pack.subarray(DIGESTED_FROM)), DIGEST_OFFSET);
  return pack;
}

type Place = { readonly name: string; readonly offset: number; readonly length: number };

/** Puts parts one after the other, each at a multiple of `alignment` bytes. */
function layOut(
  parts: readonly PackFile[],
  alignment: number,
): { readonly bytes: Uint8Array; readonly places: readonly Place[] } {
  const places: Place[] = [];
  let end = 0;
  for (const { name, bytes } of parts) {
    places.push({ name, offset: end, length: bytes.length });
    end += Math.ceil(bytes.length / alignment) * alignment;
  }
  const bytes = new Uint8Array(end);
  parts.forEach((part, index) => {
    bytes.set(part.bytes, places[index]?.offset ?? 0);
  });
  return { bytes, places };
}

function writeHeader(pack: Uint8Array<ArrayBuffer>, sections: readonly Place[], coreBytes: number): void {
  const view = new DataView(pack.buffer);
  view.setUint32(0, PACK_MAGIC, true);
  view.setUint32(4, PACK_VERSION, true);
  view.setUint32(FILE_LENGTH_OFFSET, pack.length, true);
  view.setUint32(CORE_LENGTH_OFFSET, coreBytes, true);
  sections.forEach(({ offset, length }, index) => {
    view.setUint32(SECTION_TABLE_OFFSET + index * 8, HEADER_BYTES + offset, true);
    view.setUint32(SECTION_TABLE_OFFSET + index * 8 + 4, length, true);
  });
}
