import type { BuildId, FaceId } from '../font-service/identifiers.ts';
import { createLruCache, type KeepAlive } from './stores/lru-cache.ts';
import type { PlanPointer, PlanStore, StoredPlan } from './stores/plan-store.ts';

/** The plans that usage has made. */
export interface PlanShelf {
  /** The current one of a build; undefined where the build's own plan, from the priors, is. Up to `maxAgeMs` old. */
  current(face: FaceId, build: BuildId): Promise<StoredPlan | undefined>;
  /** Any plan that has ever been current. */
  get(pointer: PlanPointer): Promise<StoredPlan | undefined>;
}

/** What a shelf is made of. */
export type PlanShelfOptions = {
  readonly store: PlanStore;
  readonly nowMs: () => number;
  readonly keepAlive: KeepAlive;
  /** Bytes of plans held in memory. */
  readonly budgetBytes: number;
  readonly maxAgeMs: number;
  readonly reportFailure: (error: Error) => void;
};

/**
 * Creates a shelf over a store.
 *
 * Where the store does not tell which plans are current, those stay that were: a page gets a plan that works in any case.
 */
export function createPlanShelf(options: PlanShelfOptions): PlanShelf {
  const { store, nowMs, keepAlive, budgetBytes, maxAgeMs, reportFailure } = options;
  const plans = createLruCache<StoredPlan>(budgetBytes, sizeOf, keepAlive);
  const get = (pointer: PlanPointer) => plans.get(Object.values(pointer).join('/'), () => store.read(pointer));
  let known: readonly PlanPointer[] = [];
  let listing: { readonly done: Promise<void>; readonly untilMs: number } | undefined;

  const list = async () => {
    try {
      known = await store.pointers();
    } catch (error) {
      reportFailure(error as Error);
    }
  };
  return {
    get,
    current: async (face, build) => {
      if (listing === undefined || nowMs() >= listing.untilMs) {
        listing = { done: list(), untilMs: nowMs() + maxAgeMs };
        keepAlive(listing.done);
      }
      await listing.done;
      const pointer = known.find((candidate) => candidate.face === face && candidate.build === build);
      const read = async () => pointer && (await get(pointer));
      return read().catch((error: Error) => {
        reportFailure(error);
        return undefined;
      });
    },
  };
}

function sizeOf({ deltas, slices, members }: StoredPlan): number {
  const ranges = slices.reduce((sum, { unicodeRange }) => sum + unicodeRange.length, 0);
  return deltas.length + ranges + members.reduce((sum, { byteLength }) => sum + byteLength, 0);
}
