import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Language } from '../../font-service/pack/face-meta.ts';

/** A page of the traces; neighbours in the order of `page` are related pages. */
export type ObservedPage = { readonly site: string; readonly page: number; readonly codepoints: readonly number[] };

/** Tells whether a data folder with traces and tiers is there. */
export function hasObservedPages(dataFolder: string): boolean {
  return existsSync(join(dataFolder, 'traces')) && existsSync(join(dataFolder, 'freq'));
}

/** Reads the pages of a language, ordered by site and page. */
export function readObservedPages(dataFolder: string, language: Language): readonly ObservedPage[] {
  return readGzipText(join(dataFolder, 'traces', `${language}.jsonl.gz`))
    .split('\n')
    .filter((line) => line !== '')
    .map(parsePage)
    .sort((a, b) => compareText(a.site, b.site) || a.page - b.page);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function parsePage(line: string): ObservedPage {
  const { site, page, cps } = JSON.parse(line) as { site: string; page: number; cps: readonly number[] };
  let codepoint = 0;
  const codepoints = cps.map((gap) => {
    codepoint += gap;
    return codepoint;
  });
  return { site, page, codepoints };
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
