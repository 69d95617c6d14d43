import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import subsetFont from 'subset-font';
import type { TestProject } from 'vitest/node';
import { buildScripts } from '../../server/cli/build-scripts.ts';
import { projectRoot } from '../../server/cli/project-root.ts';
import { makePacks, readFont } from './make-pack.ts';
import { LATER_FACE_TEXT, SMALL_FACE_TEXT } from './small-faces.ts';

/**
 * Gives the edge tests two builds of a small face, as base64: `inject('smallPack')`.
 *
 * Builds the scripts where they are missing: workerd does not start without the folder of the static files.
 */
export default async function setup(project: TestProject): Promise<void> {
  if (!existsSync(`${projectRoot}/dist/assets/sw.js`)) await buildScripts(projectRoot);
  const font = Buffer.from(await readFont('noto-sans-jp'));
  project.provide('smallPack', await makeSmallPack(font, SMALL_FACE_TEXT));
  project.provide('laterPack', await makeSmallPack(font, LATER_FACE_TEXT));
}

async function makeSmallPack(font: Buffer, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'typecase-'));
  try {
    const path = join(folder, 'small.ttf');
    await writeFile(path, await subsetFont(font, text, { targetFormat: 'truetype', preserveNameIds: [13, 14] }));
    const [pack] = await makePacks(path);
    return Buffer.from(pack?.bytes ?? []).toString('base64');
  } finally {
    await rm(folder, { recursive: true });
  }
}
