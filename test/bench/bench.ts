/**
 * Measures what fonts cost a visitor, by every way to deliver them: sessions on real pages' codepoints are replayed through
 * the real planner, the page client's own decisions and the real assembler; every file is made, and counted.
 *
 * Expected before it runs: slices cost several times what pages draw, and once a site; the page client gets near the least
 * possible on the first page, and the hub spares what sites have in common. Stylesheet, scripts and worker weigh some 35 kB
 * a site, which on one Korean or Latin page is more than all its fonts.
 *
 * npm run bench -- [--traces DIR] [--lang ja,ko,zh-Hans,zh-Hant] [--sessions N] [--seed N] [--locality 0.5] [--json FILE]
 *   [--report FILE.html] [--learning FILE]
 *   --learning: what npm run bench:learning wrote, for the report
 */
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { buildScripts } from '../../server/cli/build-scripts.ts';
import { projectRoot } from '../../server/cli/project-root.ts';
import { stateFolder } from '../../server/cli/state-paths.ts';
import { listTraceLanguages, readTraces } from '../../server/cli/traces/read-traces.ts';
import { writeWholeFile } from '../../server/cli/traces/write-whole-file.ts';
import type { BenchResults } from './replay/bench-results.ts';
import { describeEnvironment, keyOfVersions, readVersions } from './replay/describe-environment.ts';
import { formatTables } from './replay/format-tables.ts';
import { openLanguageWorld } from './replay/language-world.ts';
import { type BenchArguments, parseBenchArguments } from './replay/parse-bench-arguments.ts';
import { parseLearning } from './replay/parse-learning.ts';
import { planJobs } from './replay/plan-jobs.ts';
import { replayInProcesses } from './replay/replay-in-processes.ts';
import type { ReplaySettings } from './replay/replay-job.ts';
import { showProgress } from './replay/show-progress.ts';
import { summariseResults } from './replay/summarise-results.ts';
import { formatReport } from './report/format-report.ts';

const SHARED_TRACES = `${projectRoot}/../shared/data/traces`;
const SHIPPED_TRACES = `${projectRoot}/test/bench/traces`;

/** The traces that are asked for; else those that lie beside the project; else those that it ships. */
function chooseTraces(asked: string | undefined): { readonly folder: string; readonly source: string } {
  if (asked !== undefined) return { folder: asked, source: asked };
  if (existsSync(SHARED_TRACES)) return { folder: SHARED_TRACES, source: '../shared/data/traces' };
  return { folder: SHIPPED_TRACES, source: 'test/bench/traces' };
}

function readLearning(path: string): BenchResults['learning'] {
  try {
    return parseLearning(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`--learning ${path}: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

async function run({
  traces,
  languages: asked,
  sessions,
  seed,
  locality,
  learning,
}: BenchArguments): Promise<BenchResults> {
  const startMs = Date.now();
  const { folder, source } = chooseTraces(traces);
  const languages = asked ?? listTraceLanguages(folder);
  const versions = readVersions();
  const assets = `${projectRoot}/dist/assets`;
  const folders = { traces: folder, assets, cache: `${stateFolder}/bench` };
  const settings: ReplaySettings = { seed, locality, folders, cacheKey: keyOfVersions(versions) };
  // Refused before anything else is done.
  const learned = learning === undefined ? [] : readLearning(learning);
  const pages = new Map(languages.map((lang) => [lang, readTraces(folder, lang)]));
  await buildScripts(projectRoot);
  const jobs = planJobs(languages, sessions);
  const progress = showProgress(process.stderr, jobs.length, Date.now);
  const replayed = await replayInProcesses(jobs, settings, availableParallelism(), progress);
  const described = languages.map(async (lang) => {
    const { files, sites } = await openLanguageWorld(lang, folders, settings.cacheKey);
    const { face, build } = files.pack.meta;
    const counts = { sites: sites.size, pages: pages.get(lang)?.length ?? 0 };
    return { lang, source, ...counts, face, build, wholeFontBytes: await files.wholeFontBytes() };
  });
  return {
    ...{ version: 1, seed, sessions, locality },
    ...summariseResults(replayed, languages),
    learning: learned,
    traces: await Promise.all(described),
    environment: describeEnvironment(versions, startMs, (Date.now() - startMs) / 1000),
  };
}

/** A row a line, so that versions of committed results can be compared. */
function formatJson(results: BenchResults): string {
  return `${JSON.stringify(results).replaceAll(/([[,])(?=\{"(?:lang|delivery)")/g, '$1\n')}\n`;
}

try {
  const options = parseBenchArguments(process.argv.slice(2));
  const results = await run(options);
  console.log(formatTables(results));
  if (options.json !== undefined) writeWholeFile(options.json, formatJson(results));
  if (options.report !== undefined) writeWholeFile(options.report, formatReport(results));
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
