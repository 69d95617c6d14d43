import subsetFont from 'subset-font';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { makePacks, readFont } from './make-pack.ts';

/** A text whose codepoints the small face of the edge tests has: kana, punctuation, Latin, and some Han. */
export const SMALL_FACE_TEXT =
  'ABCabc0123 、。「」（）・ーあいうえおかきくけこさしすせそアイウエオ一丁七万三上下不世丘両並中主久乗九事二五人仁今仏仕他付代令以仮仰仲件任休会伝似位低住佐体何余作使例供依価便係俗保信修俳俵倉個倍候借値停健側備傷働像僕';

/** Gives the edge tests a pack of a small face, as base64: `inject('smallPack')`. */
export default async function setup(project: TestProject): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'typecase-'));
  try {
    const path = join(folder, 'small.ttf');
    const source = Buffer.from(await readFont('noto-sans-jp'));
    await writeFile(path, await subsetFont(source, SMALL_FACE_TEXT, { targetFormat: 'truetype', preserveNameIds: [13, 14] }));
    const [pack] = await makePacks(path);
    project.provide('smallPack', Buffer.from(pack?.bytes ?? []).toString('base64'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

declare module 'vitest' {
  export interface ProvidedContext {
    readonly smallPack: string;
  }
}
