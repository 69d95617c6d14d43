import { existsSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { buildScripts } from '../../server/cli/build-scripts.ts';
import { projectRoot } from '../../server/cli/project-root.ts';
import { makePacks } from './make-pack.ts';
import { LATER_FACE_TEXT, SMALL_FACE_TEXT } from './small-faces.ts';
import { makeSmallFont, withFontFile } from './small-font.ts';

/**
 * Gives the edge tests two builds of a small face, as base64: `inject('smallPack')`.
 *
 * Builds the scripts where they are missing: workerd does not start without the folder of the static files.
 */
export default async function setup(project: TestProject): Promise<void> {
  if (!existsSync(`${projectRoot}/dist/assets/priors/ja.txt`)) await buildScripts(projectRoot);
  project.provide('smallPack', await makeSmallPack(SMALL_FACE_TEXT));
  project.provide('laterPack', await makeSmallPack(LATER_FACE_TEXT));
}

async function makeSmallPack(text: string): Promise<string> {
  const [pack] = await withFontFile(await makeSmallFont(text), makePacks);
  return Buffer.from(pack?.bytes ?? []).toString('base64');
}
