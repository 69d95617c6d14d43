import { type OriginServer, startOriginServer } from '../support/origin-server.ts';
import { launchRawChromium } from '../support/raw-chromium.ts';
import type { ThirdPartyCookies } from '../support/spawn-chromium.ts';
import { withinTime } from '../support/within-time.ts';
import type { WantedCase } from './all-cases.ts';
import type { ChromiumCase, ConformanceCase, NodeCase, Verdict } from './case-definition.ts';
import { type PlatformFiles, readPlatformFiles } from './platform-files.ts';
import { runPool } from './run-pool.ts';
import { createWorld, type WorldBase } from './world.ts';

/** How cases run. */
export type RunOptions = {
  /** Both where they are left out. */
  readonly profiles?: readonly ThirdPartyCookies[];
  /** Cases at a time in one browser. */
  readonly concurrency?: number;
  readonly caseTimeoutMs?: number;
  /** Called as each case ends in one profile or in Node. */
  readonly report?: (line: string) => void;
};

type Failure = { readonly id: string; readonly reason: string };
type Settings = Required<RunOptions>;

const PROFILES: readonly ThirdPartyCookies[] = ['allowed', 'blocked'];
const DEFAULTS: Settings = { profiles: PROFILES, concurrency: 4, caseTimeoutMs: 60_000, report: () => {} };
/** Names under `test` lead to loopback too, where pages are no secure context. */
const BROWSER_ARGUMENTS = ['--host-resolver-rules=MAP *.test 127.0.0.1'];

/** Runs the cases, first those of Node, then those of each profile in one browser; verdicts are in the cases' order. */
export async function runCases(wanted: readonly WantedCase[], options: RunOptions = {}): Promise<readonly Verdict[]> {
  const settings = { ...DEFAULTS, ...options };
  const definitions = wanted.flatMap(({ definition }) => definition ?? []);
  const failures = [
    ...(await runNodeCases(definitions.filter(isNodeCase), settings)),
    ...(await runChromiumCases(definitions.filter(isChromiumCase), settings)),
  ];
  return wanted.map((one) => judge(one, failures));
}

function judge({ id, definition }: WantedCase, failures: readonly Failure[]): Verdict {
  if (definition === undefined) return { id, result: 'fail', where: 'chromium', reason: 'not implemented' };
  const { where } = definition;
  if ('skip' in definition) return { id, result: 'skip', where, reason: definition.skip };
  const reason = failures.flatMap((failure) => (failure.id === id ? failure.reason : [])).join('; ');
  return { id, result: reason === '' ? 'pass' : 'fail', where, reason };
}

async function runNodeCases(cases: readonly NodeCase[], settings: Settings): Promise<readonly Failure[]> {
  const outcomes = await runPool(cases, settings.concurrency, ({ id, run }) => attempt(id, 'node', run, settings));
  return outcomes.flat();
}

async function runChromiumCases(cases: readonly ChromiumCase[], settings: Settings): Promise<readonly Failure[]> {
  if (cases.length === 0) return [];
  const platform = await readPlatformFiles();
  const server = await startOriginServer();
  try {
    const failures: Failure[] = [];
    for (const cookies of settings.profiles) {
      const ofProfile = cases.filter(({ profiles = PROFILES }) => profiles.includes(cookies));
      failures.push(...(await runProfile(ofProfile, cookies, server, platform, settings)));
    }
    return failures;
  } finally {
    await server.close();
  }
}

async function runProfile(
  cases: readonly ChromiumCase[],
  cookies: ThirdPartyCookies,
  server: OriginServer,
  platform: PlatformFiles,
  settings: Settings,
): Promise<readonly Failure[]> {
  if (cases.length === 0) return [];
  const browser = await launchRawChromium({ thirdPartyCookies: cookies, arguments: BROWSER_ARGUMENTS });
  const base: WorldBase = { browser, cookies, server, platform };
  const run = (one: ChromiumCase) => runInWorld(one, base, settings);
  try {
    return (await runPool(cases, settings.concurrency, run)).flat();
  } finally {
    await browser.close();
  }
}

async function runInWorld(one: ChromiumCase, base: WorldBase, settings: Settings): Promise<readonly Failure[]> {
  const { world, dispose } = createWorld(base, one.id);
  const failures = await attempt(one.id, `cookies ${base.cookies}`, () => one.run(world), settings);
  await dispose();
  return failures;
}

/** Runs one case and catches what it throws, in time or not: one failure at most. */
async function attempt(
  id: string,
  where: string,
  run: () => void | Promise<void>,
  { caseTimeoutMs, report }: Settings,
): Promise<readonly Failure[]> {
  const startedMs = Date.now();
  try {
    await withinTime(Promise.resolve().then(run), caseTimeoutMs, 'The case');
    report(`pass ${id} (${where}) ${Date.now() - startedMs} ms`);
    return [];
  } catch (error) {
    const message = (error instanceof Error && error.message) || String(error);
    report(`fail ${id} (${where})`);
    return [{ id, reason: where === 'node' ? message : `${where}: ${message}` }];
  }
}

function isNodeCase(definition: ConformanceCase): definition is NodeCase {
  return definition.where === 'node' && !('skip' in definition);
}

function isChromiumCase(definition: ConformanceCase): definition is ChromiumCase {
  return definition.where === 'chromium' && !('skip' in definition);
}
