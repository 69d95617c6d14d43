/**
 * Measures the page client's font bytes on sites that its plans have not seen, against one exact subset of everything that a
 * session needs.
 *
 * Sites are dealt into folds. A fold's plans are made of priors that are blended again without its sites, alone or with page
 * views of the other sites learned; only the fold's sites are scored, in sessions that are replayed as `npm run bench` does.
 * Visits of five sites need folds of five, so that there sites are in more than one.
 *
 * Expected before it runs: exact is near the ratios asked for, groups cost some 0.1 more, learning gives back a little of
 * that; Korean with the hub is the worst, as its glyphs are small and many deltas weigh more than what is in them.
 *
 * npm run bench:unseen -- [--traces DIR] [--lang ja,ko,zh-Hans,zh-Hant] [--folds 5] [--seed N] [--json FILE] [--groups]
 *   --traces: what is scored and learned from; priors are always of ../shared/data, without sites of the fold's names
 *   --groups: also groups by share at other thresholds, and by co-occurrence at the project's and at 0.005
 */
import type { Language } from '../../font-service/pack/face-meta.ts';
import { buildScripts } from '../../server/cli/build-scripts.ts';
import { hasObservedPages } from '../../server/cli/observed-pages.ts';
import { projectRoot } from '../../server/cli/project-root.ts';
import { stateFolder } from '../../server/cli/state-paths.ts';
import { listTraceLanguages, readTraces } from '../../server/cli/traces/read-traces.ts';
import { writeWholeFile } from '../../server/cli/traces/write-whole-file.ts';
import { createBlendWithout } from './learning/priors-without.ts';
import { describeEnvironment, keyOfVersions, readVersions } from './replay/describe-environment.ts';
import { openLanguageWorld } from './replay/language-world.ts';
import { dealScenarios, type ScenarioFolds } from './unseen/deal-scenarios.ts';
import { formatUnseen } from './unseen/format-unseen.ts';
import { parseUnseenArguments, type UnseenArguments } from './unseen/parse-unseen-arguments.ts';
import { scoreLanguage } from './unseen/score-language.ts';
import type { UnseenResults, UnseenRow } from './unseen/unseen-results.ts';

const DATA = '../shared/data';
const DATA_FOLDER = `${projectRoot}/${DATA}`;

const MISSING_DATA = `${DATA} beside the project lacks traces/ or freq/. Priors that have not seen a site are blended of what lies there, without it; the priors that the project ships have seen all the sites that it knows, so that with them no site would be unseen. Put the data there, as npm run priors needs it, too.`;
const EXIT_MISSING_DATA = 2;

async function run(options: UnseenArguments): Promise<UnseenResults> {
  const startMs = Date.now();
  const { traces = `${DATA_FOLDER}/traces`, folds, seed, groups } = options;
  const languages = options.languages ?? listTraceLanguages(traces);
  const versions = readVersions();
  // Refused before anything else is done.
  const dealt = new Map(languages.map((language) => [language, dealSites(traces, language, options)]));
  await buildScripts(projectRoot);
  const folders = { traces, assets: `${projectRoot}/dist/assets`, cache: `${stateFolder}/bench` };
  const blendWithout = createBlendWithout(DATA_FOLDER);
  const rows: UnseenRow[] = [];
  for (const [language, scenarios] of dealt) {
    const world = await openLanguageWorld(language, folders, keyOfVersions(versions));
    const onFold = countFolds(`${language}: folds`, folds * scenarios.length);
    rows.push(...(await scoreLanguage({ world, blendWithout, dealt: scenarios, seed, groups, onFold })));
  }
  const environment = describeEnvironment(versions, startMs, (Date.now() - startMs) / 1000);
  return { version: 1, seed, folds, source: options.traces ?? `${DATA}/traces`, rows, environment };
}

function dealSites(traces: string, language: Language, deal: UnseenArguments): readonly ScenarioFolds[] {
  const names = new Set(readTraces(traces, language).map(({ site }) => site));
  return dealScenarios(language, [...names], deal);
}

function countFolds(what: string, total: number): () => void {
  let done = 0;
  return () => {
    done += 1;
    process.stderr.write(`${what} ${done} of ${total}\n`);
  };
}

/** A row a line, so that versions of committed results can be compared. */
function formatJson(results: UnseenResults): string {
  return `${JSON.stringify(results).replaceAll(/([[,])(?=\{"lang")/g, '$1\n')}\n`;
}

try {
  const options = parseUnseenArguments(process.argv.slice(2));
  if (hasObservedPages(DATA_FOLDER)) {
    const results = await run(options);
    console.log(formatUnseen(results));
    if (options.json !== undefined) writeWholeFile(options.json, formatJson(results));
  } else {
    console.error(`bench:unseen: ${MISSING_DATA}`);
    process.exitCode = EXIT_MISSING_DATA;
  }
} catch (error) {
  console.error(`bench:unseen: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
