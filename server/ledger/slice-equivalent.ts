import type { CodepointSet } from '../../font-service/codepoints/codepoint-set.ts';
import type { FaceMeta } from '../../font-service/pack/face-meta.ts';
import { type DeltaPlan, groupsOf } from '../../font-service/plan/delta-plan.ts';
import { membersOfSlices } from '../../font-service/plan/slice-members.ts';

/** What a page that asks for a delta would have loaded by the pack's slices. */
export type SliceEquivalent = {
  /**
   * The bytes of those slices, at least: of a group that came whole only its cheapest member is taken as needed.
   *
   * @param groups by `groupLookup`, of the plan that the delta was rounded by.
   */
  bytesOf(set: CodepointSet, groups: ReadonlyMap<number, number>): number;
};

/** The number of each codepoint's group, where a plan has it in one. */
export function groupLookup(plan: DeltaPlan): ReadonlyMap<number, number> {
  return new Map(groupsOf(plan).flatMap((group, number) => group.map((codepoint) => [codepoint, number] as const)));
}

/** Creates it for a pack; what bases hold is in no slice. */
export function createSliceEquivalent({ plan, files }: FaceMeta, base: CodepointSet): SliceEquivalent {
  const lengths = new Map(files.map(({ name, length }) => [name, length]));
  const bytes = plan.slices.map((_, number) => lengths.get(`s/${plan.id}/${number}`) ?? 0);
  const sliceOf = new Map<number, number>();
  for (const [number, members] of membersOfSlices(plan.slices, base).entries())
    for (const codepoint of members) sliceOf.set(codepoint, number);
  return {
    bytesOf: (set, groups) => {
      const needed = new Set<number>();
      const cheapest = new Map<number, number>();
      const costOf = (slice: number) => bytes[slice] ?? Number.POSITIVE_INFINITY;
      for (const codepoint of set) {
        const slice = sliceOf.get(codepoint);
        const group = groups.get(codepoint) ?? -1;
        if (slice === undefined) continue;
        if (group < 0) needed.add(slice);
        else if (costOf(slice) < costOf(cheapest.get(group) ?? -1)) cheapest.set(group, slice);
      }
      for (const slice of cheapest.values()) needed.add(slice);
      return Array.from(needed).reduce((sum, slice) => sum + costOf(slice), 0);
    },
  };
}
