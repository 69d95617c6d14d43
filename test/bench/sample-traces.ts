/**
 * Makes the traces that the project ships from the trace data beside it: runs of neighbouring pages of the sites whose
 * licence is clearly open and asks for no share-alike. Rewrites test/bench/traces, the README there with it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { LANGUAGES, type Language } from '../../font-service/pack/face-meta.ts';
import { groupBy } from '../../server/cli/group-by.ts';
import { readTraces } from '../../server/cli/traces/read-traces.ts';
import { writeTraces } from '../../server/cli/traces/write-traces.ts';
import { writeWholeFile } from '../../server/cli/traces/write-whole-file.ts';
import { sampleNeighbours } from './sample-neighbours.ts';

/** More than the 20 of the longest session, so that sessions differ. */
const PAGES_A_SITE = 30;
const OPEN_LICENCES = [
  'Apache-2.0',
  'CC-BY-3.0',
  'CC-BY-4.0',
  'CC0 (README)',
  'CC0-1.0',
  'MIT',
  'MPL-2.0',
  'public law text',
  'Unlicense',
];
const OUT_FOLDER = fileURLToPath(new URL('traces/', import.meta.url));

const siteRows = v.array(
  v.object({
    lang: v.picklist(LANGUAGES),
    site: v.string(),
    genre: v.string(),
    source: v.string(),
    version: v.string(),
    licence: v.string(),
    pages: v.number(),
  }),
);
type SiteRow = v.InferOutput<typeof siteRows>[number];
type Sampled = { readonly row: SiteRow; readonly first: number; readonly last: number; readonly pages: number };

function sampleLanguage(tracesFolder: string, language: Language, rows: readonly SiteRow[]): readonly Sampled[] {
  const bySite = groupBy(readTraces(tracesFolder, language), ({ site }) => site);
  const samples = rows
    .filter(({ lang, licence }) => lang === language && OPEN_LICENCES.includes(licence))
    .map((row) => ({ row, pages: sampleNeighbours(bySite.get(row.site) ?? [], PAGES_A_SITE) }));
  const path = join(OUT_FOLDER, `${language}.jsonl.gz`);
  const bytes = writeTraces(
    path,
    samples.flatMap(({ pages }) => pages),
  );
  console.log(`${path}: ${samples.length} sites, ${bytes} bytes`);
  return samples.map(({ row, pages }) => ({
    row,
    first: pages[0]?.page ?? 0,
    last: pages.at(-1)?.page ?? 0,
    pages: pages.length,
  }));
}

function formatReadme(samples: readonly Sampled[]): string {
  const lines = samples.map(({ row, first, last, pages }) => {
    const cells = [row.lang, row.site, row.genre, row.source, row.version, row.licence, `${first}–${last}`];
    return `| ${[...cells, `${pages} of ${row.pages}`].join(' | ')} |`;
  });
  return [readFileSync(new URL('traces-readme.md', import.meta.url), 'utf8').trimEnd(), ...lines, ''].join('\n');
}

const { values } = parseArgs({ options: { data: { type: 'string', default: '../shared/data' } } });
const tracesFolder = join(values.data, 'traces');
const rows = v.parse(siteRows, JSON.parse(readFileSync(join(tracesFolder, 'sites.json'), 'utf8')));
const samples = LANGUAGES.flatMap((language) => sampleLanguage(tracesFolder, language, rows));
writeWholeFile(join(OUT_FOLDER, 'README.md'), formatReadme(samples));
