import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Language } from '../../font-service/pack/face-meta.ts';
import type { ObservedPage } from './traces/parse-trace-line.ts';
import { readTraces } from './traces/read-traces.ts';

/** Tells whether a data folder with traces and tiers is there. */
export function hasObservedPages(dataFolder: string): boolean {
  return existsSync(join(dataFolder, 'traces')) && existsSync(join(dataFolder, 'freq'));
}

/** Reads the pages of a language, ordered by site and page. */
export function readObservedPages(dataFolder: string, language: Language): readonly ObservedPage[] {
  return readTraces(join(dataFolder, 'traces'), language);
}

/** Reads Google's slicing as tiers: codepoint to tier, 0 the commonest. */
export function readTiers(dataFolder: string, language: Language): ReadonlyMap<number, number> {
  const lines = readGzipText(join(dataFolder, 'freq', `gf-tier-${language}.tsv.gz`)).split('\n');
  const rows = lines.filter((line) => /^\d/.test(line)).map((line) => line.split('\t').map(Number));
  return new Map(rows.map(([codepoint = 0, tier = 0]) => [codepoint, tier]));
}

function readGzipText(path: string): string {
  return gunzipSync(readFileSync(path)).toString('utf8');
}
