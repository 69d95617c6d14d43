import type { FaceMeta } from '../../../font-service/pack/face-meta.ts';
import { readPack, readPackExtent } from '../../../font-service/pack/pack.ts';
import { writePack } from '../../../font-service/pack/write-pack.ts';
import { sha256 } from './sha256.ts';

/** What a rewritten pack says in place of what it said. */
export type PackChanges = {
  readonly [K in Exclude<keyof FaceMeta, 'face' | 'build' | 'tables' | 'files'>]?: FaceMeta[K];
} & { readonly face?: string; readonly build?: string };

/** Writes a pack again under another description: another weight or family, without another font. */
export function rewritePack(pack: Uint8Array<ArrayBuffer>, changes: PackChanges): Promise<Uint8Array<ArrayBuffer>> {
  const { meta, ...glyphs } = readPack(pack);
  const { coreBytes } = readPackExtent(pack);
  const { tables: _, files, ...description } = meta;
  return writePack(
    {
      description: { ...description, ...changes } as typeof description,
      glyphs,
      files: files.map(({ name, offset, length }) => {
        return { name, bytes: pack.subarray(coreBytes + offset, coreBytes + offset + length) };
      }),
    },
    sha256,
  );
}
