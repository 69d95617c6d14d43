import { readFile } from 'node:fs/promises';
import { BRIDGE_PATH } from '../../../server/policies.ts';
import { compressedBytes } from './compressed-text.ts';

/** What a page with the page client loads besides fonts, by path: bytes as sent. */
export type ScriptSizes = ReadonlyMap<string, number>;

/** By path, the files that the build leaves. */
const FILES: readonly (readonly [string, string])[] = [
  ['/typecase.js', 'typecase.js'],
  ['/sw.js', 'sw.js'],
  ['/hub.js', 'hub.js'],
  [BRIDGE_PATH, 'fonts-bridge.html'],
];

/** Reads the sizes of what `npm run build` has built. */
export async function readScriptSizes(assetsFolder: string): Promise<ScriptSizes> {
  const sizes = FILES.map(async ([path, file]) => {
    return [path, compressedBytes(await readFile(`${assetsFolder}/${file}`))] as const;
  });
  return new Map(await Promise.all(sizes));
}
