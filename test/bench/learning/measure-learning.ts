import { createHash } from 'node:crypto';
import { unionOf } from '../../../font-service/codepoints/codepoint-set.ts';
import { splitAtBase } from '../../../font-service/plan/base-territory.ts';
import { formatDeltaPlan, parseDeltaPlan } from '../../../font-service/plan/delta-plan.ts';
import { describePlan } from '../../../font-service/plan/describe-plan.ts';
import { planFace } from '../../../font-service/plan/plan-face.ts';
import type { LearningPoint } from '../replay/bench-results.ts';
import { createPlainDeliveries, createPlannedDeliveries } from '../replay/create-deliveries.ts';
import { createRandom } from '../replay/create-random.ts';
import type { Delivery } from '../replay/delivery.ts';
import type { LanguageWorld } from '../replay/language-world.ts';
import { replaySession, type SessionMeasure } from '../replay/measure-session.ts';
import { type Session, sampleSession } from '../replay/sample-session.ts';
import { learnUsage, planInputOf } from './learn-usage.ts';
import { mixUnknownSites } from './unknown-sites.ts';

/** A point of the curve, and the font bytes of it and of the least possible. */
export type MeasuredPoint = LearningPoint & { readonly optimumFontBytes: number; readonly singles: number };

/** What is measured of each point. */
const DELIVERIES: readonly string[] = ['typecase-site', 'typecase-noscript'];

/**
 * Measures what plans are worth that have learned from more and more page views of sites that the priors did not know, on
 * other pages of those sites: visits of five pages.
 *
 * @param priorShare made without those sites.
 */
export async function measureLearning(
  world: LanguageWorld,
  priorShare: (codepoint: number) => number,
  views: readonly number[],
  sessionCount: number,
): Promise<readonly MeasuredPoint[]> {
  const { learned, scored } = mixUnknownSites(world.sites, world.language);
  const options = { seed: 1, language: world.language, locality: 1 };
  const sessions = Array.from({ length: sessionCount }, (_, index) =>
    sampleSession(scored, { sites: 1, pagesPerSite: 5 }, index, options),
  );
  const optimum = createPlainDeliveries(world, true).filter(({ key }) => key.delivery === 'optimum-site');
  const optimumFontBytes = meanOf(await replayAll(optimum, sessions), ({ bytes }) => bytes.font);
  const points: MeasuredPoint[] = [];
  for (const learnedViews of views) {
    const { deliveries, singles } = await planAfter(world, priorShare, learned, learnedViews);
    for (const delivery of deliveries) {
      const measures = await replayAll([delivery], sessions);
      points.push({
        lang: world.language,
        ...delivery.key,
        learnedViews,
        ...summarise(measures),
        optimumFontBytes,
        singles,
      });
    }
  }
  return points;
}

async function planAfter(
  { files, scripts }: LanguageWorld,
  priorShare: (codepoint: number) => number,
  learned: Parameters<typeof learnUsage>[1],
  views: number,
): Promise<{ readonly deliveries: readonly Delivery[]; readonly singles: number }> {
  const { meta } = files.pack;
  const askable = unionOf(...parseDeltaPlan(meta.plan.deltas).tiers);
  const usage = learnUsage(askable, learned, views, createRandom('learning', meta.language, views));
  const input = planInputOf(files.pack, askable, priorShare);
  const { deltas, slices } = planFace({ ...input, usage });
  const { base } = splitAtBase(files.pack.codepoints);
  const sha256 = async (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
  const plan = await describePlan(slices, base, formatDeltaPlan(deltas), sha256);
  const deliveries = createPlannedDeliveries({ files, scripts }, plan, true);
  return {
    deliveries: deliveries.filter(
      ({ key }) => DELIVERIES.includes(key.delivery) && (key.grouped || key.delivery === 'typecase-noscript'),
    ),
    singles: deltas.tiers[0]?.length ?? 0,
  };
}

async function replayAll(
  deliveries: readonly Delivery[],
  sessions: readonly Session[],
): Promise<readonly SessionMeasure[]> {
  const measures: SessionMeasure[] = [];
  for (const delivery of deliveries)
    for (const session of sessions) measures.push((await replaySession(delivery, session)).measure);
  return measures;
}

function summarise(measures: readonly SessionMeasure[]): Pick<LearningPoint, 'bytes' | 'requests'> {
  const mean = (pick: (measure: SessionMeasure) => number) => meanOf(measures, pick);
  return {
    bytes: {
      font: mean(({ bytes }) => bytes.font),
      css: mean(({ bytes }) => bytes.css),
      script: mean(({ bytes }) => bytes.script),
      headers: mean(({ bytes }) => bytes.headers),
      total: mean(({ bytes }) => bytes.total),
    },
    requests: mean(({ requests }) => requests),
  };
}

function meanOf(measures: readonly SessionMeasure[], pick: (measure: SessionMeasure) => number): number {
  return measures.reduce((sum, measure) => sum + pick(measure), 0) / measures.length;
}
