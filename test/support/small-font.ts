import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import subsetFont from 'subset-font';
import { readFont } from './make-pack.ts';
import { SMALL_FACE_TEXT } from './small-faces.ts';

/** Cuts a small font of a text out of a large one: TrueType with layout, licence notices kept. */
export async function makeSmallFont(
  text: string = SMALL_FACE_TEXT,
  packageName = 'noto-sans-jp',
): Promise<Uint8Array<ArrayBuffer>> {
  const source = Buffer.from(await readFont(packageName));
  const options = { targetFormat: 'truetype', preserveNameIds: [0, 1, 2, 4, 5, 6, 13, 14] } as const;
  return new Uint8Array(await subsetFont(source, text, options));
}

/** Runs something with the path of a file of these bytes, and removes the file. */
export async function withFontFile<T>(bytes: Uint8Array, run: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'typecase-'));
  try {
    const path = join(folder, 'font.ttf');
    await writeFile(path, bytes);
    return await run(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}
