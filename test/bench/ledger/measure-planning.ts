import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { codepointSetOf } from '../../../font-service/codepoints/codepoint-set.ts';
import { formatSet } from '../../../font-service/codepoints/set-encoding.ts';
import { type Pack, readPack } from '../../../font-service/pack/pack.ts';
import { readPriors } from '../../../server/cli/ingest/read-priors.ts';
import { createServiceClient, type ServiceClient } from '../../../server/cli/ingest/service-client.ts';
import { startLocalService } from '../../../server/cli/local-service.ts';
import { fontPath, makePacks } from '../../support/make-pack.ts';
import { createTemporaryServiceOptions } from '../../support/temporary-service-options.ts';
import { forgetPeaks, readWorkerdUse } from './workerd-use.ts';

/** Of 30,890 codepoints, the most of the fonts of the tests. */
const FONT = 'noto-sans-sc';
const REPORTS = 200;
const REPORT_PAGES = 16;
const SITES = 300;
/** Of a page's codepoints some are as common as the priors say, and as many are any: rows of usage fill up. */
const PAGE_CODEPOINTS = 300;
const WARM_TICKS = 3;
/** Figures are held for five seconds. */
const STATS_AGE_MS = 5500;

/** A tick of one ledger: time on the clock, CPU time of all of workerd, and its resident memory before and at its peak. */
type TickUse = {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly rssBeforeMiB: number;
  readonly peakRssMiB: number;
};

/** What planning takes. */
export type PlanningUse = {
  readonly codepoints: number;
  readonly pages: number;
  readonly plansPublished: number;
  readonly snapshotBytes: number;
  /** A tick that folds all pages, plans and publishes. */
  readonly fold: TickUse;
  /** A tick of a service that has just started: all that it plans from is read. */
  readonly cold: TickUse;
  /** Ticks with the pack in memory; usage is read at each. */
  readonly warm: readonly TickUse[];
};

type LedgerFigures = {
  readonly plans: readonly unknown[];
  readonly recompression: { readonly waiting: number };
  readonly ledger: { readonly snapshotBytes: number };
};

/** Measures ticks of a ledger in local workerd, whose face has some 30,000 codepoints, from outside of it. */
export async function measurePlanning(): Promise<PlanningUse> {
  const options = await createTemporaryServiceOptions();
  const origin = `http://127.0.0.1:${options.port}`;
  const client = createServiceClient(origin, options.adminToken);
  const [made] = await makePacks(fontPath(FONT));
  if (made === undefined) throw new Error('The font of the tests gave no pack.');
  const pack = readPack(made.bytes);
  const makeReport = await createReports(pack);
  let service = await startLocalService(options);
  try {
    await client.upload(pack.meta.face, made.bytes);
    for (let number = 0; number < REPORTS; number++) await report(origin, number, makeReport(REPORT_PAGES));
    const fold = await measureTick(client);
    const { plans, ledger } = await readFigures(origin);
    const ticks: TickUse[] = [];
    for (let number = 0; number <= WARM_TICKS; number++) {
      await waitForRecompression(origin);
      // Nothing is planned anew where nothing was counted since.
      await report(origin, REPORTS + number, makeReport(1));
      if (number === 0) {
        await service.stop();
        service = await startLocalService(options);
      }
      ticks.push(await measureTick(client));
    }
    const [cold = fold, ...warm] = ticks;
    const sizes = { codepoints: pack.codepoints.length, pages: REPORTS * REPORT_PAGES, plansPublished: plans.length };
    return { ...sizes, snapshotBytes: ledger.snapshotBytes, fold, cold, warm };
  } finally {
    await service.stop();
    await rm(options.stateFolder, { recursive: true });
  }
}

async function createReports({ codepoints, meta }: Pack): Promise<(pages: number) => string> {
  const { share } = await readPriors(meta.language);
  const rest = Array.from(codepoints).filter((codepoint) => codepoint >= 0x3400);
  const anyOf = () => rest[Math.floor(Math.random() * rest.length)] ?? 0x4e00;
  const makePage = () => {
    const common = rest.filter((codepoint) => Math.random() < share(codepoint)).slice(0, PAGE_CODEPOINTS / 2);
    return formatSet(codepointSetOf([...common, ...Array.from({ length: PAGE_CODEPOINTS / 2 }, anyOf)]));
  };
  return (pages) => {
    const { face, build } = meta;
    return JSON.stringify({ version: 1, face, build, pages: Array.from({ length: pages }, makePage) });
  };
}

async function report(origin: string, client: number, body: string): Promise<void> {
  const headers = {
    'Content-Type': 'text/plain',
    Origin: `https://site-${client % SITES}.example`,
    'CF-Connecting-IP': `10.9.${client >> 8}.${client & 255}`,
  };
  const answer = await fetch(`${origin}/v1/usage`, { method: 'POST', headers, body });
  if (answer.status !== 202) throw new Error(`A report was answered with ${answer.status}.`);
}

async function measureTick(client: ServiceClient): Promise<TickUse> {
  forgetPeaks();
  const before = readWorkerdUse();
  const startedMs = performance.now();
  await client.tick();
  const wallMs = Math.round(performance.now() - startedMs);
  const { cpuMs, peakRssMiB } = readWorkerdUse();
  return { wallMs, cpuMs: cpuMs - before.cpuMs, rssBeforeMiB: before.peakRssMiB, peakRssMiB };
}

async function readFigures(origin: string): Promise<LedgerFigures> {
  await delay(STATS_AGE_MS);
  const { faces } = (await (await fetch(`${origin}/v1/stats`)).json()) as { faces: { usage: LedgerFigures | null }[] };
  const [usage] = faces.map((face) => face.usage);
  if (!usage) throw new Error('The ledger does not answer.');
  return usage;
}

/** What a new plan has compressed anew takes turns with ticks, and would be measured with them. */
async function waitForRecompression(origin: string): Promise<void> {
  while ((await readFigures(origin)).recompression.waiting > 0);
}
