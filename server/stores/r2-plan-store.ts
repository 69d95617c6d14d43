import { CURRENT_PLANS_PREFIX, currentPlanKey, planKey } from './keys.ts';
import { listWithMetadata } from './list-with-metadata.ts';
import type { PlanStore } from './plan-store.ts';
import { formatStoredPlan, parsePlanPointer, parseStoredPlan } from './stored-plan.ts';

/** Keeps learned plans in an R2 bucket. */
export function createR2PlanStore(bucket: R2Bucket): PlanStore {
  return {
    pointers: async () =>
      (await listWithMetadata(bucket, CURRENT_PLANS_PREFIX)).map((metadata) =>
        parsePlanPointer(metadata['pointer'] ?? ''),
      ),
    read: async ({ face, build, plan }) => {
      const object = await bucket.get(planKey(face, build, plan));
      return object === null ? undefined : parseStoredPlan(await object.text());
    },
    put: async ({ face, build, plan }, stored) => {
      await bucket.put(planKey(face, build, plan), formatStoredPlan(stored), { onlyIf: { etagDoesNotMatch: '*' } });
    },
    point: async (pointer) => {
      const { face, build, plan } = pointer;
      const customMetadata = { pointer: JSON.stringify({ face, build, plan }) };
      await bucket.put(currentPlanKey(pointer.face), '', { customMetadata });
    },
  };
}
