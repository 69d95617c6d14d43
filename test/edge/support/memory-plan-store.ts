import type { PlanPointer, PlanStore, StoredPlan } from '../../../server/stores/plan-store.ts';

/** A store of plans in memory that notes its calls: `pointers`, `read {plan}`, `put {plan}`, `point {plan}`. */
export type MemoryPlanStore = PlanStore & { readonly calls: string[] };

/** Creates an empty store. */
export function createMemoryPlanStore(): MemoryPlanStore {
  const calls: string[] = [];
  const plans = new Map<string, StoredPlan>();
  const current = new Map<string, PlanPointer>();
  const keyOf = ({ face, build, plan }: PlanPointer) => `${face}/${build}/${plan}`;
  return {
    calls,
    pointers: async () => {
      calls.push('pointers');
      return [...current.values()];
    },
    read: async (pointer) => {
      calls.push(`read ${pointer.plan}`);
      return plans.get(keyOf(pointer));
    },
    put: async (pointer, plan) => {
      calls.push(`put ${pointer.plan}`);
      if (!plans.has(keyOf(pointer))) plans.set(keyOf(pointer), plan);
    },
    point: async (pointer) => {
      calls.push(`point ${pointer.plan}`);
      current.set(pointer.face, pointer);
    },
  };
}
