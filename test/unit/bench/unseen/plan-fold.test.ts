import { beforeAll, describe, expect, it } from 'vitest';
import { codepointSetOfText, unionOf } from '../../../../font-service/codepoints/codepoint-set.ts';
import type { FaceMeta } from '../../../../font-service/pack/face-meta.ts';
import { readPack } from '../../../../font-service/pack/pack.ts';
import { formatDeltaPlan, groupsOf, parseDeltaPlan } from '../../../../font-service/plan/delta-plan.ts';
import { createRandom } from '../../../bench/replay/create-random.ts';
import { type FoldPlan, type FoldPlanInput, planFold, planGroups } from '../../../bench/unseen/plan-fold.ts';
import { makePacks } from '../../../support/make-pack.ts';
import { makeSmallFont, withFontFile } from '../../../support/small-font.ts';

const COMMON = '一丁七万';
const OCCASIONAL = '三上下不';
const RARE = '世丘両並中主久乗';
const ALL = codepointSetOfText(COMMON + OCCASIONAL + RARE);
const PRIORS = new Map([
  ...Array.from(COMMON, (character) => [character, 0.2] as const),
  ...Array.from(OCCASIONAL, (character) => [character, 0.002] as const),
]);

let meta: FaceMeta;

beforeAll(async () => {
  const [pack] = await withFontFile(await makeSmallFont(), makePacks);
  if (pack === undefined) throw new Error('The small font gave no pack.');
  const { meta: made } = readPack(pack.bytes);
  meta = { ...made, plan: { ...made.plan, deltas: formatDeltaPlan({ tiers: [ALL] }) } };
});

/** Four sites of which each page draws some texts. */
function inputOf(...pages: readonly string[]): FoldPlanInput {
  const own = pages.map((text) => ({ codepoints: codepointSetOfText(text) }));
  const priorShare = (codepoint: number) => PRIORS.get(String.fromCodePoint(codepoint)) ?? 0.0003;
  const others = new Map(['a', 'b', 'c', 'd'].map((site) => [site, own]));
  return { meta, priorShare, others, random: createRandom('test') };
}

const tiersOf = ({ plan }: FoldPlan) => parseDeltaPlan(plan.deltas).tiers;
const singlesOf = (plan: FoldPlan) => String.fromCodePoint(...(tiersOf(plan)[0] ?? []));

describe('planFold', () => {
  it('plans without groups, by the priors that are given, and with what the other sites draw', () => {
    const [exact, priors, trained] = planFold(inputOf(`${COMMON}世`)) as [FoldPlan, FoldPlan, FoldPlan];
    expect([exact, priors, trained].map(({ planning }) => planning)).toEqual(['exact', 'priors', 'trained']);
    expect(tiersOf(exact)).toEqual([ALL]);
    expect(tiersOf(priors)[0]).toEqual(codepointSetOfText(COMMON + OCCASIONAL));
    expect(singlesOf(trained)).toContain('世');
  });

  it('plans the same again', () => {
    expect(planFold(inputOf('一世'))).toEqual(planFold(inputOf('一世')));
  });
});

describe('planGroups', () => {
  const TOGETHER = [...codepointSetOfText('世並久乗')];
  const plansOf = () => planGroups(inputOf('世並久乗', '世並久乗', '三丘'));
  const firstGroupOf = ({ plan }: FoldPlan) => groupsOf(parseDeltaPlan(plan.deltas))[0];

  it('groups by share at other thresholds', () => {
    const plans = plansOf().filter(({ planning }) => planning === 'priors');
    expect(plans.map(({ leastCommonShare }) => leastCommonShare)).toEqual([0.0005, 0.002, 0.005]);
    const [, , wide] = plans;
    expect(plans.map((plan) => singlesOf(plan).length)).toEqual([8, 8, 4]);
    expect(wide && tiersOf(wide)[1]).toEqual(codepointSetOfText(OCCASIONAL));
  });

  it('groups by what the other sites draw together, at two thresholds', () => {
    const plans = plansOf().filter(({ planning }) => planning === 'cooccurrence');
    expect(plans.map(({ leastCommonShare }) => leastCommonShare)).toEqual([0.001, 0.005]);
    expect(plans.map((plan) => singlesOf(plan).length)).toEqual([8, 4]);
    expect(plans.map(firstGroupOf)).toEqual([TOGETHER, TOGETHER]);
    for (const plan of plans) expect(unionOf(...tiersOf(plan))).toEqual(ALL);
  });
});
