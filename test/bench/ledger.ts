/**
 * Measures how many reports a second one ledger takes in local workerd, and whether any that it acknowledged is lost.
 *
 * Expected before it runs: reports that come at about the same time share a transaction, so that the ledger itself is hardly
 * busy; what limits is reading and checking the sets, some 0.2 ms of CPU a report, in the same process. In the second part
 * workerd is killed while reports are under way: all that were acknowledged must be there after the restart; of the others
 * some may be, too. In the third a ledger plans a face of 30,890 codepoints: expected are some 0.5 s of CPU for the plan, as in Node, and as
 * much again for reading a pack of 10 MB and usage of some MB; 5 s on the clock at most, of the 30 s of CPU that a Durable Object's request may
 * take by default. `--only planning` measures that alone.
 * @see https://developers.cloudflare.com/durable-objects/platform/limits/
 */
import { rm, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { codepointSetOf } from '../../font-service/codepoints/codepoint-set.ts';
import { formatSet } from '../../font-service/codepoints/set-encoding.ts';
import { type Pack, readPack } from '../../font-service/pack/pack.ts';
import { buildScripts } from '../../server/cli/build-scripts.ts';
import { readPriors } from '../../server/cli/ingest/read-priors.ts';
import { createServiceClient } from '../../server/cli/ingest/service-client.ts';
import { startLocalService } from '../../server/cli/local-service.ts';
import { projectRoot } from '../../server/cli/project-root.ts';
import { fontPath, makePacks } from '../support/make-pack.ts';
import { createTemporaryServiceOptions } from '../support/temporary-service-options.ts';
import { measurePlanning } from './ledger/measure-planning.ts';

const PAGE_CODEPOINTS = 300;
const CONNECTIONS = 64;
const BODIES = 500;
const CLIENTS = 20_000;
const KILL_AFTER_MS = 3000;

/** What became of the reports of one run. */
type Outcome = {
  sent: number;
  acknowledged: number;
  refused: number;
  unanswered: number;
  readonly latenciesMs: number[];
};

/** Pages that draw each codepoint as often as the priors say, cut to a page's size. */
async function makeBodies({ codepoints, meta }: Pack): Promise<readonly string[]> {
  const { share } = await readPriors(meta.language);
  const rest = Array.from(codepoints).filter((codepoint) => codepoint >= 0x3400);
  return Array.from({ length: BODIES }, () => {
    const page = rest.filter((codepoint) => Math.random() < share(codepoint)).slice(0, PAGE_CODEPOINTS);
    const pages = [formatSet(codepointSetOf(page.length === 0 ? rest.slice(0, 1) : page))];
    return JSON.stringify({ version: 1, face: meta.face, build: meta.build, pages });
  });
}

function send(port: number, agent: Agent, body: string): Promise<number> {
  const client = Math.floor(Math.random() * CLIENTS);
  const headers = {
    'Content-Type': 'text/plain',
    'Content-Length': body.length,
    Origin: `https://site-${client % 300}.example`,
    'CF-Connecting-IP': `10.${client >> 8}.${client & 255}.1`,
  };
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', path: '/v1/usage', method: 'POST', agent, headers }, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode ?? 0));
    });
    sent.once('error', reject).end(body);
  });
}

/** Sends reports at a steady rate, however long the answers take; stops early when told. */
async function load(port: number, bodies: readonly string[], rate: number, seconds: number, isOver = () => false) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const outcome: Outcome = { sent: 0, acknowledged: 0, refused: 0, unanswered: 0, latenciesMs: [] };
  const pending: Promise<void>[] = [];
  const one = async () => {
    const startedMs = performance.now();
    const status = await send(port, agent, bodies[outcome.sent % bodies.length] ?? '').catch(() => 0);
    if (status === 202) outcome.acknowledged += 1;
    else if (status === 0) outcome.unanswered += 1;
    else outcome.refused += 1;
    if (status === 202) outcome.latenciesMs.push(performance.now() - startedMs);
  };
  for (const startedMs = performance.now(); outcome.sent < rate * seconds && !isOver(); await delay(5)) {
    const due = Math.min(rate * seconds, ((performance.now() - startedMs) / 1000) * rate);
    for (; outcome.sent < due; outcome.sent++) pending.push(one());
  }
  await Promise.all(pending);
  agent.destroy();
  return outcome;
}

async function countReports(port: number): Promise<number> {
  // Figures are held for some seconds.
  await delay(6000);
  const answer = await fetch(`http://127.0.0.1:${port}/v1/stats`);
  const { faces } = (await answer.json()) as { faces: { usage: { observed: { reports: number } } | null }[] };
  return faces[0]?.usage?.observed.reports ?? Number.NaN;
}

function percentile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;
}

async function measureReports(rate: number, seconds: number) {
  const options = await createTemporaryServiceOptions();
  const [made] = await makePacks(fontPath('noto-sans-jp'));
  if (made === undefined) throw new Error('The font of the tests gave no pack.');
  const pack = readPack(made.bytes);
  const bodies = await makeBodies(pack);
  let service = await startLocalService(options);
  try {
    await createServiceClient(`http://127.0.0.1:${options.port}`, options.adminToken).upload(
      pack.meta.face,
      made.bytes,
    );
    await load(options.port, bodies, 50, 1);
    const before = await countReports(options.port);
    const startedMs = performance.now();
    const steady = await load(options.port, bodies, rate, seconds);
    const tookSeconds = (performance.now() - startedMs) / 1000;
    const lost = before + steady.acknowledged - (await countReports(options.port));

    const known = await countReports(options.port);
    let isKilled = false;
    const killed = load(options.port, bodies, rate, 60, () => isKilled);
    await delay(KILL_AFTER_MS);
    isKilled = true;
    await service.kill();
    const broken = await killed;
    service = await startLocalService(options);
    const kept = (await countReports(options.port)) - known;

    const { sent, acknowledged, refused, unanswered, latenciesMs } = steady;
    return {
      reports: { sent, acknowledged, refused, unanswered, lost, perSecond: Math.round(acknowledged / tookSeconds) },
      latencyMs: {
        median: percentile(latenciesMs, 0.5),
        p99: percentile(latenciesMs, 0.99),
        most: Math.max(...latenciesMs),
      },
      killed: {
        sent: broken.sent,
        acknowledged: broken.acknowledged,
        kept,
        lost: Math.max(0, broken.acknowledged - kept),
      },
    };
  } finally {
    await service.stop();
    await rm(options.stateFolder, { recursive: true });
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rate: { type: 'string', default: '1000' },
      seconds: { type: 'string', default: '10' },
      only: { type: 'string' },
      json: { type: 'string' },
    },
  });
  await buildScripts(projectRoot);
  const result = {
    ...(values.only !== 'planning' && (await measureReports(Number(values.rate), Number(values.seconds)))),
    ...(values.only !== 'reports' && { planning: await measurePlanning() }),
  };
  console.log(JSON.stringify(result, null, 2));
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(result, null, 2)}\n`);
}

await main();
