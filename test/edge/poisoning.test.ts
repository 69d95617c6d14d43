import { createScheduledController, env, runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { type CodepointSet, unionOf } from '../../font-service/codepoints/codepoint-set.ts';
import { readPack } from '../../font-service/pack/pack.ts';
import { parseDeltaPlan } from '../../font-service/plan/delta-plan.ts';
import { estimateShares, mostShareMovedBySite } from '../../font-service/usage/estimate-shares.ts';
import { weighSites } from '../../font-service/usage/usage.ts';
import { decodeUsage } from '../../font-service/usage/usage-encoding.ts';
import { MAX_REPORT_PAGES } from '../../font-service/usage/usage-report.ts';
import { openSnapshot } from '../../server/ledger/snapshot.ts';
import worker from '../../server/worker.ts';
import { ask } from './support/ask.ts';
import { providedPack } from './support/provided-pack.ts';
import { rewritePack } from './support/rewrite-pack.ts';
import { formatReport, headersOf, type Reporter, reportOf } from './support/send-report.ts';
import { uploadPack } from './support/upload-pack.ts';

const original = providedPack('smallPack');
const { codepoints, meta } = readPack(original);
const ASKABLE = unionOf(...parseDeltaPlan(meta.plan.deltas).tiers);
const HAN = codepoints.filter((codepoint) => codepoint >= 0x4e00 && codepoint < 0xa000) as CodepointSet;
const HONEST = HAN.slice(0, 30) as CodepointSet;
const CRAFTED = HAN.slice(-30) as CodepointSet;
const PRIOR = 0.001;

/** Sends reports with as many pages as may be in one. */
async function flood(
  face: string,
  reporters: readonly (Reporter & { readonly origin?: string })[],
  page: CodepointSet,
) {
  const body = formatReport(
    { ...meta, face: face as typeof meta.face },
    Array.from({ length: MAX_REPORT_PAGES }, () => page),
  );
  const send = async ({ origin, ...reporter }: (typeof reporters)[number]) => {
    const headers = { ...headersOf(reporter), ...(origin === undefined ? {} : { Origin: origin }) };
    await (await ask('/v1/usage', reportOf(body, headers))).arrayBuffer();
  };
  await Promise.all(reporters.map(send));
}

/** The shares that plans of the face would be made from, whoever has shown what, and the weight of its sites. */
function readShares(face: string, leastSites: number) {
  return runInDurableObject(env.LEDGER.getByName(face), (_, { storage }) => {
    const usage = decodeUsage(openSnapshot(storage.sql).read() ?? new Uint8Array(), ASKABLE);
    const share = estimateShares(usage, () => PRIOR, leastSites);
    return { weight: weighSites(usage).weight, shares: Array.from(ASKABLE, share) };
  });
}

async function learnHonestly(face: string): Promise<void> {
  await uploadPack(await rewritePack(original, { face, family: face.replace('-400', '') }));
  const honest = Array.from({ length: 40 }, (_, index) => ({ site: index % 8, client: index }));
  await flood(face, honest, HONEST);
  await worker.scheduled(createScheduledController(), env);
}

const plannedSingles = async (face: string) => {
  const { deltas } = (await (await ask(`/v1/faces/${face}/plan`)).json()) as { deltas: string };
  return parseDeltaPlan(deltas).tiers[0] ?? new Uint32Array();
};

describe.each([
  ['one site, by a hundred clients', Array.from({ length: 100 }, (_, client) => ({ site: 66, client: 1000 + client }))],
  [
    'one client, in the name of thirty sites',
    Array.from({ length: 60 }, (_, index) => ({
      site: 7,
      client: 3000,
      origin: `https://forged${index % 30}.example`,
    })),
  ],
  [
    'subdomains of one site',
    Array.from({ length: 60 }, (_, index) => ({
      site: 7,
      client: 4000 + index,
      origin: `https://a${index}.forged.example`,
    })),
  ],
])('crafted reports of %s', (name, reporters) => {
  const face = `${name.replace(/[^a-z]+/g, '-')}-400`;

  it('move no share by more than the stated bound, and nothing into a plan that was not there', async () => {
    await learnHonestly(face);
    const [before, planBefore] = [await readShares(face, 1), await plannedSingles(face)];
    await flood(face, reporters, CRAFTED);
    await worker.scheduled(createScheduledController(), env);
    const after = await readShares(face, 1);
    // Of all periods; and of this first one, in which a site weighs one at most, and the priors eight.
    const bound = Math.min(mostShareMovedBySite(before.weight), 1 / (8 + 1 + before.weight));
    const moves = after.shares.map((share, index) => Math.abs(share - (before.shares[index] ?? 0)));
    expect(Math.max(...moves)).toBeGreaterThan(0);
    expect(Math.max(...moves)).toBeLessThanOrEqual(bound);
    // What fewer than three sites or clients have shown keeps the share that the priors gave it, or less.
    const crafted = (await readShares(face, 3)).shares.filter((_, index) => CRAFTED.includes(ASKABLE[index] ?? 0));
    expect(Math.max(...crafted)).toBeLessThanOrEqual(PRIOR);
    expect([...(await plannedSingles(face))]).toEqual([...planBefore]);
  });
});
