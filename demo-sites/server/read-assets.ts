import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { contentTypes } from './content-types.ts';

/** Files by their path below a folder, with `/` between the parts. */
export type AssetSources = ReadonlyMap<string, Uint8Array>;

/** Reads every file below a folder that has a content type; sources and notes beside them stay unread. */
export async function readAssets(folder: string): Promise<AssetSources> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && contentTypes.has(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name));
  const pairs = paths.map(
    async (path): Promise<[string, Uint8Array]> => [relative(folder, path).split(sep).join('/'), await readFile(path)],
  );
  return new Map(await Promise.all(pairs));
}
