import type { Language } from '../../../font-service/pack/face-meta.ts';
import { createPlainDeliveries, createPlannedDeliveries } from './create-deliveries.ts';
import type { Delivery } from './delivery.ts';
import { type LanguageWorld, openLanguageWorld } from './language-world.ts';
import { replaySession, type SessionMeasure } from './measure-session.ts';
import { PLAN_SOURCES } from './plan-sources.ts';
import { type ReplayAnswer, type ReplayJob, type ReplayMessage, type ReplaySettings, sessionOf } from './replay-job.ts';
import type { Session } from './sample-session.ts';

/** A process of its own, as `subset-font` does one thing at a time; it keeps the language that it worked on last. */
let settings: ReplaySettings | undefined;
let opened: { readonly language: Language; readonly world: LanguageWorld } | undefined;
const deliveriesByPlan = new Map<string, readonly Delivery[]>();

async function worldOf(language: Language, { folders, cacheKey }: ReplaySettings): Promise<LanguageWorld> {
  if (opened?.language !== language) {
    opened = { language, world: await openLanguageWorld(language, folders, cacheKey) };
    deliveriesByPlan.clear();
  }
  return opened.world;
}

/** The deliveries of a job; optima take too long for the curve, which needs none. */
async function deliveriesFor(world: LanguageWorld, job: ReplayJob, session: Session): Promise<readonly Delivery[]> {
  const isCurve = job.choice.kind === 'curve';
  const scored = new Set(session.map(({ site }) => site));
  const deliveries = [...remember(`plain ${isCurve}`, () => createPlainDeliveries(world, !isCurve))];
  for (const source of PLAN_SOURCES) {
    const plan = await source.planFor(world.files.pack.meta, world.sites, scored);
    if (plan === undefined) continue;
    deliveries.push(
      ...remember(`${source.trained} ${plan.id} ${plan.deltas}`, () =>
        createPlannedDeliveries(world, plan, source.trained),
      ),
    );
  }
  return deliveries;
}

function remember(key: string, create: () => readonly Delivery[]): readonly Delivery[] {
  const deliveries = deliveriesByPlan.get(key) ?? create();
  deliveriesByPlan.set(key, deliveries);
  return deliveries;
}

async function replay(job: ReplayJob, settings: ReplaySettings): Promise<readonly SessionMeasure[]> {
  const world = await worldOf(job.language, settings);
  const session = sessionOf(world.sites, job, settings);
  const measures: SessionMeasure[] = [];
  for (const delivery of await deliveriesFor(world, job, session)) {
    const { measure } = await replaySession(delivery, session);
    measures.push(measure);
  }
  return measures;
}

async function answer(job: ReplayJob): Promise<ReplayAnswer> {
  try {
    if (settings === undefined) throw new Error('The settings have not come.');
    return { type: 'measures', measures: await replay(job, settings) };
  } catch (error) {
    return { type: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

// Without the parent there is nobody to work for.
process.once('disconnect', () => process.exit());
process.on('message', async (message: ReplayMessage) => {
  if (message.type === 'settings') settings = message.settings;
  else process.send?.(await answer(message.job));
});
