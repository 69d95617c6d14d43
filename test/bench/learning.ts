/**
 * Prints what the service learns: font bytes against page views seen, from priors, for a mix of sites that the priors did not
 * know (law, classical poetry, literature, reviews), scored on pages of them that it has not seen.
 *
 * Expected before it runs: nothing changes before three sites have shown something, most of the gain comes with the first
 * thousands of views, and beyond some tens of thousands no more is counted. Slices gain more than deltas, which ask for what
 * a page draws whatever the plan is.
 *
 * npm run bench:learning -- [--data DIR] [--lang ja,ko,zh-Hans,zh-Hant] [--sessions N] [--json FILE]
 */
import { existsSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { LANGUAGES } from '../../font-service/pack/face-meta.ts';
import { buildScripts } from '../../server/cli/build-scripts.ts';
import { hasObservedPages } from '../../server/cli/observed-pages.ts';
import { projectRoot } from '../../server/cli/project-root.ts';
import { stateFolder } from '../../server/cli/state-paths.ts';
import { type MeasuredPoint, measureLearning } from './learning/measure-learning.ts';
import { createBlendWithout } from './learning/priors-without.ts';
import { UNKNOWN_SITES } from './learning/unknown-sites.ts';
import { keyOfVersions, readVersions } from './replay/describe-environment.ts';
import { openLanguageWorld } from './replay/language-world.ts';

const VIEWS: readonly number[] = [0, 100, 1000, 10_000, 100_000, 1_000_000];

function print(points: readonly MeasuredPoint[]): void {
  console.log(`\n${points[0]?.lang}: ${UNKNOWN_SITES[points[0]?.lang ?? 'ja'].join(', ')}; five pages of a site`);
  for (const { delivery, learnedViews, bytes, optimumFontBytes, requests, singles } of points) {
    const fonts = `${(bytes.font / 1000).toFixed(1).padStart(7)} kB of fonts`;
    const ratio = `${(bytes.font / optimumFontBytes).toFixed(3)} of the least possible`;
    console.log(
      `${delivery.padEnd(18)} ${String(learnedViews).padStart(9)} views ${fonts} ${ratio} ${requests.toFixed(1)} requests, ${singles} singly`,
    );
  }
}

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: '../shared/data' },
      lang: { type: 'string', default: LANGUAGES.join() },
      sessions: { type: 'string', default: '24' },
      json: { type: 'string' },
    },
  });
  if (!hasObservedPages(values.data) || !existsSync(values.data)) {
    console.log(
      `bench:learning skipped: “${values.data}” lacks traces/ or freq/; give the data folder with --data DIR.`,
    );
    return;
  }
  await buildScripts(projectRoot);
  const folders = {
    traces: `${values.data}/traces`,
    assets: `${projectRoot}/dist/assets`,
    cache: `${stateFolder}/bench`,
  };
  const blendWithout = createBlendWithout(values.data);
  const points: MeasuredPoint[] = [];
  for (const language of LANGUAGES.filter((language) => values.lang.split(',').includes(language))) {
    const world = await openLanguageWorld(language, folders, keyOfVersions(readVersions()));
    const measured = await measureLearning(
      world,
      blendWithout(language, UNKNOWN_SITES[language]),
      VIEWS,
      Number(values.sessions),
    );
    print(measured);
    points.push(...measured);
  }
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(points, null, 1)}\n`);
}

await run();
