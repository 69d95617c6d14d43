import { brotliCompressSync, constants } from 'node:zlib';
import subsetFont from 'subset-font';
import { assembleFont } from '../../../font-service/assemble/assemble-font.ts';
import type { BrotliCompress } from '../../../font-service/assemble/woff2.ts';
import type { CodepointSet } from '../../../font-service/codepoints/codepoint-set.ts';
import { convertToWoff2 } from '../../../font-service/pack/ingest/harfbuzz.ts';
import { type Pack, readPack } from '../../../font-service/pack/pack.ts';
import { brotliAt } from '../brotli-at.ts';
import type { SizeCache } from './size-cache.ts';

/** The quality that the service compresses deltas at; server/worker.ts has it. */
const DELTA_QUALITY = 5;

/** Makes the files of a face, and tells their sizes in bytes. */
export interface FaceFiles {
  readonly pack: Pack;
  /** A delta as the service assembles it. */
  deltaBytes(set: CodepointSet): Promise<number>;
  /** A base file as it stands in the pack, like `base-0`. */
  baseBytes(name: string): number;
  /** A slice as ingest makes it. */
  sliceBytes(members: CodepointSet): Promise<number>;
  /** What `subset-font` makes of a set, with `noLayoutClosure`. */
  exactSubsetBytes(set: CodepointSet): Promise<number>;
  /** The whole font as WOFF2. */
  wholeFontBytes(): Promise<number>;
}

/** What the files of a face are made of. */
export type FaceSources = {
  readonly packBytes: Uint8Array<ArrayBuffer>;
  /** The font file that was ingested. */
  readonly font: Uint8Array<ArrayBuffer>;
  /** Brotli quality of slices: 11 as they are served. */
  readonly sliceQuality: number;
  /** For what takes long; its entries must not outlive the libraries that made them. */
  readonly slowFiles: SizeCache;
  /** For deltas, of which there are too many to keep. */
  readonly deltas: SizeCache;
};

/** Creates the maker of a face's files. */
export function createFaceFiles({ packBytes, font, sliceQuality, slowFiles, deltas }: FaceSources): FaceFiles {
  const pack = readPack(packBytes);
  const { build, files } = pack.meta;
  const sizes = new Map(files.map(({ name, length }) => [name, length]));
  const source = Buffer.from(font.buffer, font.byteOffset, font.byteLength);
  const assemble = async (set: CodepointSet, compress: BrotliCompress) =>
    (await assembleFont(pack, set, compress)).length;
  return {
    pack,
    deltaBytes: (set) => deltas.sizeOf([build, set.join()], () => assemble(set, brotliAt(DELTA_QUALITY))),
    baseBytes: (name) => {
      const size = sizes.get(name);
      if (size === undefined) throw new Error(`${pack.meta.face} has no file ${name}.`);
      return size;
    },
    sliceBytes: (members) =>
      slowFiles.sizeOf([build, `slice ${sliceQuality}`, members.join()], () =>
        assemble(members, finishedAt(sliceQuality)),
      ),
    exactSubsetBytes: (set) =>
      slowFiles.sizeOf([build, 'subset', set.join()], async () => {
        const text = String.fromCodePoint(...set);
        return (await subsetFont(source, text, { targetFormat: 'woff2', noLayoutClosure: true })).length;
      }),
    wholeFontBytes: () => slowFiles.sizeOf([build, 'whole'], async () => (await convertToWoff2(font)).length),
  };
}

/** Brotli as ingest compresses what is made once. */
function finishedAt(quality: number): BrotliCompress {
  return (bytes) => {
    const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    return brotliCompressSync(bytes, { params });
  };
}
