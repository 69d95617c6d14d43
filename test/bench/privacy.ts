/**
 * Prints what a plan hides, and what that costs: for first pages of the traces, how many pages make the same request, asked
 * exactly and in groups; how unsure it is what a page draws of a group; and the bytes of both.
 *
 * Expected before it runs: whole requests tell pages apart either way, as no two pages draw the same common codepoints:
 * who knows all pages of a site knows which was shown. What groups hide is which rare codepoint it was.
 *
 * npm run privacy -- [--traces DIR] [--lang ja,ko,zh-Hans,zh-Hant] [--plan FILE] [--json FILE]
 *   --plan: what /v1/faces/{face}/plan answers; else the plan that the priors give regular Noto Sans.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type CodepointSet, unionOf } from '../../font-service/codepoints/codepoint-set.ts';
import { LANGUAGES, type Language } from '../../font-service/pack/face-meta.ts';
import { type DeltaPlan, formatDeltaPlan, parseDeltaPlan, roundToPlan } from '../../font-service/plan/delta-plan.ts';
import { buildScripts } from '../../server/cli/build-scripts.ts';
import { readPriors } from '../../server/cli/ingest/read-priors.ts';
import { projectRoot } from '../../server/cli/project-root.ts';
import { stateFolder } from '../../server/cli/state-paths.ts';
import { listTraceLanguages } from '../../server/cli/traces/read-traces.ts';
import { type Ambiguity, measureAmbiguity } from './privacy/measure-ambiguity.ts';
import { keyOfVersions, readVersions } from './replay/describe-environment.ts';
import type { FaceFiles } from './replay/face-files.ts';
import { openLanguageWorld } from './replay/language-world.ts';

/** Files are made of so many pages. */
const MADE_PAGES = 200;

type Row = {
  readonly lang: Language;
  readonly grouped: boolean;
  readonly deltaBytes: number;
  readonly codepoints: number;
} & Ambiguity;

/** Reads the plan of a file. @throws where it holds none. */
function readPlan(path: string): DeltaPlan {
  const { deltas } = JSON.parse(readFileSync(path, 'utf8')) as { readonly deltas?: unknown };
  const plan = typeof deltas === 'string' ? parseDeltaPlan(deltas) : undefined;
  if (plan === undefined || formatDeltaPlan(plan) !== deltas)
    throw new Error(`${path} is no plan; it should be what /v1/faces/{face}/plan answers, with its “deltas”.`);
  return plan;
}

async function measureDeltas(
  files: FaceFiles,
  plan: DeltaPlan,
  grouped: boolean,
  pages: readonly CodepointSet[],
): Promise<Pick<Row, 'deltaBytes' | 'codepoints'>> {
  const step = Math.max(1, Math.floor(pages.length / MADE_PAGES));
  const sets = pages
    .filter((_, index) => index % step === 0)
    .map((page) => ({ page, rounded: roundToPlan(plan, page) }))
    .map(({ page, rounded: { common, rare } }) =>
      unionOf(common, grouped ? rare : (rare.filter((codepoint) => page.includes(codepoint)) as CodepointSet)),
    );
  let bytes = 0;
  for (const set of sets) bytes += await files.deltaBytes(set);
  return {
    deltaBytes: bytes / sets.length,
    codepoints: sets.reduce((sum, { length }) => sum + length, 0) / sets.length,
  };
}

async function measureLanguage(lang: Language, traces: string, planFile: string | undefined): Promise<readonly Row[]> {
  const folders = { traces, assets: `${projectRoot}/dist/assets`, cache: `${stateFolder}/bench` };
  const { files, sites } = await openLanguageWorld(lang, folders, keyOfVersions(readVersions()));
  const plan = planFile === undefined ? parseDeltaPlan(files.pack.meta.plan.deltas) : readPlan(planFile);
  const pages = [...sites.values()].flat().map(({ codepoints }) => codepoints);
  const { share } = await readPriors(lang);
  const rows: Row[] = [];
  for (const grouped of [false, true]) {
    const ambiguity = measureAmbiguity(plan, grouped, pages, share);
    rows.push({ lang, grouped, ...(await measureDeltas(files, plan, grouped, pages)), ...ambiguity });
  }
  return rows;
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

function print([exact, grouped]: readonly Row[]): void {
  if (exact === undefined || grouped === undefined) return;
  const line = (what: string, of: (row: Row) => string) =>
    console.log(`  ${what.padEnd(66)} ${of(exact).padStart(12)} ${of(grouped).padStart(12)}`);
  console.log(`\n${exact.lang}: first requests of ${exact.pages} pages${' '.repeat(28)} exact      grouped`);
  line('pages whose request no other page makes', ({ aloneShare }) => percent(aloneShare));
  line('pages that make the same request, median', ({ medianAlike }) => String(medianAlike));
  line('pages that draw anything rare', ({ rareShare }) => percent(rareShare));
  line('… of them, whose rare part no other page asks for', ({ rareAloneShare }) => percent(rareAloneShare));
  line('… pages that ask for the same rare part, median', ({ rareMedianAlike }) => String(rareMedianAlike));
  line('… sets of codepoints that give the same request, mean, bits', ({ consistentSetsBits }) =>
    consistentSetsBits.toFixed(1),
  );
  line('… unsure which of a group is drawn, mean, bits', ({ unsureBits }) => unsureBits.toFixed(2));
  line('codepoints of the delta, mean', ({ codepoints }) => codepoints.toFixed(1));
  line('bytes of the delta, mean', ({ deltaBytes }) => deltaBytes.toFixed(0));
  console.log(`  groups cost ${percent(grouped.deltaBytes / exact.deltaBytes - 1)} of a first delta's bytes`);
}

async function run(): Promise<void> {
  const shared = `${projectRoot}/../shared/data/traces`;
  const { values } = parseArgs({
    options: {
      traces: { type: 'string', default: existsSync(shared) ? shared : `${projectRoot}/test/bench/traces` },
      lang: { type: 'string' },
      plan: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const asked = values.lang?.split(',') ?? listTraceLanguages(values.traces);
  const unknown = asked.find((lang) => !LANGUAGES.some((language) => language === lang));
  if (unknown !== undefined) throw new Error(`--lang ${unknown} should be of ${LANGUAGES.join(', ')}.`);
  await buildScripts(projectRoot);
  const rows: Row[] = [];
  for (const language of LANGUAGES.filter((language) => asked.includes(language))) {
    const measured = await measureLanguage(language, values.traces, values.plan);
    print(measured);
    rows.push(...measured);
  }
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 1)}\n`);
}

try {
  await run();
} catch (error) {
  console.error(`privacy: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
