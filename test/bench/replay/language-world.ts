import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { slugOf } from '../../../font-service/identifiers.ts';
import type { Language } from '../../../font-service/pack/face-meta.ts';
import { openFont } from '../../../font-service/pack/ingest/open-font.ts';
import { buildOf } from '../../../server/cli/ingest/build-id.ts';
import { defaultFonts } from '../../../server/cli/ingest/default-fonts.ts';
import { runJob } from '../../../server/cli/ingest/run-job.ts';
import { readTraces } from '../../../server/cli/traces/read-traces.ts';
import { createFaceFiles, type FaceFiles } from './face-files.ts';
import { type GoogleSlices, readGoogleSlices } from './google-slices.ts';
import { type Sites, sitesOf } from './sample-session.ts';
import { readScriptSizes, type ScriptSizes } from './script-sizes.ts';
import { createSizeCache } from './size-cache.ts';

/** What all deliveries of a language are replayed with. */
export type LanguageWorld = {
  readonly language: Language;
  readonly sites: Sites;
  readonly files: FaceFiles;
  readonly google: GoogleSlices;
  readonly scripts: ScriptSizes;
};

/** Where things are: traces, built scripts, and a folder for what later runs need not make again. */
export type WorldFolders = { readonly traces: string; readonly assets: string; readonly cache: string };

/** Slices are compressed when they are asked for; those of the pack itself are not looked at. */
const QUICK_QUALITY = 1;
const SERVED_QUALITY = 11;

/** Reads the traces of a language, and ingests its font, regular Noto Sans, where that has not been done before. */
export async function openLanguageWorld(
  language: Language,
  folders: WorldFolders,
  cacheKey: string,
): Promise<LanguageWorld> {
  const font = await readFontOf(language);
  const packBytes = await readPackOf(font, language, folders.cache);
  const slowFiles = createSizeCache(`${folders.cache}/sizes-${cacheKey}.txt`);
  const sources = { packBytes, font: await openFont(font.bytes), sliceQuality: SERVED_QUALITY };
  const files = createFaceFiles({ ...sources, slowFiles, deltas: createSizeCache() });
  return {
    language,
    sites: sitesOf(readTraces(folders.traces, language)),
    files,
    google: readGoogleSlices(slugOf(files.pack.meta.family)),
    scripts: await readScriptSizes(folders.assets),
  };
}

type FontFile = { readonly path: string; readonly bytes: Uint8Array<ArrayBuffer> };

async function readFontOf(language: Language): Promise<FontFile> {
  const job = defaultFonts().find((job) => job.language === language && basename(job.path).includes('400Regular'));
  if (job === undefined) throw new Error(`There is no font for ${language}.`);
  return { path: job.path, bytes: new Uint8Array(await readFile(job.path)) };
}

async function readPackOf(font: FontFile, language: Language, cache: string): Promise<Uint8Array<ArrayBuffer>> {
  const job = { path: font.path, family: undefined, weights: undefined, language, sliceQuality: QUICK_QUALITY };
  const path = `${cache}/${language}-${await buildOf(font.bytes, job, 'own')}.pack`;
  if (existsSync(path)) return new Uint8Array(await readFile(path));
  const packs: Uint8Array<ArrayBuffer>[] = [];
  await runJob({ ...job, knownBuilds: [] }, (message) => {
    if (message.type === 'pack') packs.push(message.bytes);
  });
  const [pack] = packs;
  if (pack === undefined) throw new Error(`${font.path} gave no face.`);
  await mkdir(cache, { recursive: true });
  await writeFile(`${path}.${process.pid}`, pack);
  await rename(`${path}.${process.pid}`, path);
  return pack;
}
