import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { codepointSetOf } from '../../font-service/codepoints/codepoint-set.ts';
import { formatUnicodeRange } from '../../font-service/codepoints/unicode-range.ts';
import { LANGUAGES, type Language } from '../../font-service/pack/face-meta.ts';
import {
  blendPriors,
  meanSharesOf,
  measureSiteShares,
  type PriorSources,
  type Shares,
  UNLISTED_SHARE,
} from './blend-priors.ts';
import { refineTiers } from './charset-levels.ts';
import { groupBy } from './group-by.ts';
import { hasObservedPages, readObservedPages, readTiers } from './observed-pages.ts';

const STEPS_PER_DECADE = 20;
const SHORTEST_RUN = 5;
const PLAIN_CHARACTER = /^[\p{L}\p{N}\p{P}\p{S}]$/u;

/** Reads what the priors of every language are blended from. */
export function readPriorSources(dataFolder: string): ReadonlyMap<Language, PriorSources> {
  const sites = new Map(
    LANGUAGES.map((language) => [language, [...measureSiteShares(readObservedPages(dataFolder, language)).values()]]),
  );
  const means = LANGUAGES.map((language) => ({ language, shares: meanSharesOf(sites.get(language) ?? []) }));
  return new Map(
    LANGUAGES.map((language) => [
      language,
      {
        tiers: refineTiers(language, readTiers(dataFolder, language)),
        sites: sites.get(language) ?? [],
        neighbours: means.filter((mean) => mean.language !== language).map(({ shares }) => shares),
      },
    ]),
  );
}

/** Formats shares as a priors file, rounded to steps of 12 %; the format is described at `parsePriors`. */
export function formatPriors(language: Language, shares: Shares): string {
  const steps = groupBy([...shares.keys()], (codepoint) => stepOf(shares.get(codepoint) ?? 0));
  const unlisted = fullestStepOf(steps);
  steps.delete(unlisted);
  const lines = [...steps].sort(([a], [b]) => a - b).map(([step, members]) => formatLine(step, members));
  return [
    ...headOf(language),
    `language\t${language}`,
    `unlisted\t${formatShare(shareOf(unlisted))}`,
    ...lines,
    '',
  ].join('\n');
}

function headOf(language: Language): readonly string[] {
  return [
    `Typecase priors (${language}): the estimated share of pages on which a codepoint is drawn.`,
    'Derived by server/cli/derive-priors.ts (npm run priors); do not edit. Format: see parsePriors in ../priors.ts.',
    `Sources: googlefonts/nam-files slices/*_default.txt, commit 1d38a7d77ce11452ccbfe8fa9a0cb728ee6d7cd3 (2026-03-08), Apache-2.0;`,
    'the levels of the national character sets (JIS X 0208, KS X 1001, GB 2312, Big5);',
    'page counts of the sites listed in the trace data (traces/README.md), every site weighing the same, and a little of the',
    'other three languages’ counts. Only counts of codepoints are used; no text is held here.',
  ].map((line) => `# ${line}`);
}

/** The step that most codepoints are in need not be written out: it becomes the share of all that is not listed. */
function fullestStepOf(steps: ReadonlyMap<number, readonly number[]>): number {
  const [fullest] = [...steps].sort(([, a], [, b]) => b.length - a.length);
  return fullest?.[0] ?? stepOf(UNLISTED_SHARE);
}

function shareOf(step: number): number {
  return 10 ** (-step / STEPS_PER_DECADE);
}

/** Steps count downwards from a share of 1. */
function stepOf(share: number): number {
  return Math.min(
    Math.round(-Math.log10(share) * STEPS_PER_DECADE),
    Math.round(-Math.log10(UNLISTED_SHARE) * STEPS_PER_DECADE),
  );
}

function formatShare(share: number): string {
  const decimals = Math.max(0, 1 - Math.floor(Math.log10(share)));
  return share.toFixed(decimals);
}

function formatLine(step: number, members: readonly number[]): string {
  const runs = runsOf(codepointSetOf(members));
  const isPlain = (run: readonly number[]) => run.length < SHORTEST_RUN && run.every(isPlainCodepoint);
  const characters = String.fromCodePoint(...runs.filter(isPlain).flat());
  const ranges = formatUnicodeRange(codepointSetOf(runs.filter((run) => !isPlain(run)).flat()));
  return [formatShare(shareOf(step)), characters, ...(ranges === '' ? [] : [ranges])].join('\t');
}

/** What normalisation would change must not be written as it is: editors and tools normalise text. */
function isPlainCodepoint(codepoint: number): boolean {
  const character = String.fromCodePoint(codepoint);
  return PLAIN_CHARACTER.test(character) && character !== '#' && character === character.normalize('NFC');
}

function runsOf(set: Iterable<number>): readonly (readonly number[])[] {
  const runs: number[][] = [];
  for (const codepoint of set) {
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1) === codepoint - 1) run.push(codepoint);
    else runs.push([codepoint]);
  }
  return runs;
}

function run(): void {
  const { values } = parseArgs({ options: { data: { type: 'string', default: '../shared/data' } } });
  if (!hasObservedPages(values.data)) {
    console.error(`priors: no traces and tiers in “${values.data}”: give the data folder with --data DIR.`);
    process.exitCode = 1;
    return;
  }
  for (const [language, sources] of readPriorSources(values.data)) {
    const path = join(fileURLToPath(new URL('../../font-service/plan/priors/', import.meta.url)), `${language}.txt`);
    const text = formatPriors(language, blendPriors(sources));
    writeFileSync(path, text);
    console.log(`${path}: ${Buffer.byteLength(text)} bytes`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) run();
