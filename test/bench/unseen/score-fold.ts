import { createPlainDeliveries } from '../replay/create-deliveries.ts';
import type { Delivery } from '../replay/delivery.ts';
import type { FaceFiles } from '../replay/face-files.ts';
import type { LanguageWorld } from '../replay/language-world.ts';
import { replaySession } from '../replay/measure-session.ts';
import { type Session, type Sites, sampleSession } from '../replay/sample-session.ts';
import { createTypecaseDelivery } from '../replay/typecase-delivery.ts';
import type { FoldPlan } from './plan-fold.ts';
import type { UnseenMeasure, UnseenVariant } from './unseen-results.ts';
import type { UnseenScenario } from './unseen-scenarios.ts';

/** What is scored: the sites of fold number `fold`, by plans that have not seen them. */
export type FoldScoring = {
  readonly world: LanguageWorld;
  readonly scenario: UnseenScenario;
  readonly fold: number;
  readonly sites: Sites;
  readonly plans: readonly FoldPlan[];
  readonly seed: number;
};

/** Half of the steps go to a neighbouring page, as `npm run bench` has it by default. */
const LOCALITY = 0.5;
const ORIGIN = 'https://fonts.example';

/** A variant, and the delivery that replays it. */
type VariantDelivery = { readonly variant: UnseenVariant; readonly delivery: Delivery };

/** Replays the sessions of a fold by the page client's decisions; resolves to a measure for each variant and session. */
export async function scoreFold(scoring: FoldScoring): Promise<readonly UnseenMeasure[]> {
  const { world, scenario, plans } = scoring;
  const deliveries = plans.flatMap((plan) => deliveriesOf(world, scenario, plan));
  const optima = createPlainDeliveries(world, true).filter(({ key }) => key.delivery === scenario.optimum);
  const measures: UnseenMeasure[] = [];
  for (const session of sessionsOf(scoring)) {
    const optimumBytes = (await fontsOf(optima[0], session)).fontBytes;
    for (const { variant, delivery } of deliveries)
      measures.push({ ...variant, ...(await fontsOf(delivery, session)), optimumBytes });
  }
  return measures;
}

function sessionsOf({ world: { language }, scenario, fold, sites, seed }: FoldScoring): readonly Session[] {
  const count = scenario.rounds * (scenario.sites === 1 ? sites.size : 1);
  const options = { seed, language, locality: LOCALITY };
  // Numbers go on from fold to fold: a site that is in two of them is seen by other pages.
  return Array.from({ length: count }, (_, index) => sampleSession(sites, scenario, fold * count + index, options));
}

function deliveriesOf(
  { files, scripts }: LanguageWorld,
  { hasHub }: UnseenScenario,
  { plan, planning, leastCommonShare }: FoldPlan,
): readonly VariantDelivery[] {
  const key = { grouped: planning !== 'exact', trained: planning === 'trained' };
  const create = (brotliQuality: 5 | 11, files: FaceFiles) => ({
    variant: { planning, leastCommonShare, brotliQuality },
    delivery: createTypecaseDelivery({ ...key, hasHub, files, plan, scripts, origin: ORIGIN }),
  });
  return [create(5, files), create(11, recompressed(files))];
}

/** Files once all deltas are hot: what is recompressed in the background is compressed as slices are. */
function recompressed(files: FaceFiles): FaceFiles {
  return { ...files, deltaBytes: files.sliceBytes };
}

async function fontsOf(
  delivery: Delivery | undefined,
  session: Session,
): Promise<Pick<UnseenMeasure, 'fontBytes' | 'requests'>> {
  if (delivery === undefined) throw new Error('There is no optimum.');
  const { measure } = await replaySession(delivery, session);
  return { fontBytes: measure.bytes.font, requests: measure.fontRequests };
}
