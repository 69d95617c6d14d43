import { formatSet } from '../../font-service/codepoints/set-encoding.ts';
import { parseDeltaPlan } from '../../font-service/plan/delta-plan.ts';
import { estimateShares } from '../../font-service/usage/estimate-shares.ts';
import type { Observation } from '../../font-service/usage/observation.ts';
import { decodeObservations } from '../../font-service/usage/observation-encoding.ts';
import { createDeltaReading, type ObservationResult, observe } from '../../font-service/usage/observe.ts';
import { countWitnesses, type Usage, weighSites } from '../../font-service/usage/usage.ts';
import type { Tallies } from '../ledger-protocol.ts';
import { MAX_BEST_NAME_CHARACTERS } from '../stores/keys.ts';
import { addTallies } from './add-tallies.ts';
import type { FaceKnowledge } from './face-source.ts';
import type { LoggedBatch } from './observation-log.ts';
import { groupLookup } from './slice-equivalent.ts';

/** What reading batches has added up to, besides the usage that they were counted in. */
export type FoldSums = {
  counted: number;
  /** The deltas that were read, against slices. */
  compared: Tallies;
  /** Requests of deltas by the spelling of their sets. */
  readonly requests: Map<string, number>;
};

/** Spelled longer, a delta is not recompressed: hardly two clients lack the same so large set. */
const MAX_HOT_CHARACTERS = MAX_BEST_NAME_CHARACTERS - 'd/'.length;

/**
 * Creates what reads batches into usage.
 *
 * @param deltas the plan that is current: deltas that an older one has rounded are read nearly right by it.
 */
export function createFold(usage: Usage, face: FaceKnowledge, deltas: string, leastSites: number) {
  const plan = parseDeltaPlan(deltas);
  const reading = createDeltaReading(usage.askable, plan, estimateShares(usage, face.priorShare, leastSites));
  const groups = groupLookup(plan);
  const sums: FoldSums = { counted: 0, compared: {}, requests: new Map() };
  const compare = ({ set, bytes }: Observation, result: ObservationResult): Tallies =>
    result === 'partial'
      ? { comparedDeltaBytes: bytes }
      : {
          ...{ comparedFirst: 1, comparedDeltaBytes: bytes },
          comparedSliceBytes: face.sliceEquivalent.bytesOf(set, groups),
        };
  return {
    sums,
    add: ({ bytes }: LoggedBatch, nowMs: number) => {
      for (const observation of decodeObservations(bytes)) {
        const result = observe(usage, observation, reading, nowMs);
        if (result === 'counted') sums.counted += 1;
        if (observation.kind === 'page') continue;
        sums.compared = addTallies(sums.compared, compare(observation, result));
        const name = formatSet(observation.set);
        if (name.length <= MAX_HOT_CHARACTERS) sums.requests.set(name, (sums.requests.get(name) ?? 0) + 1);
      }
    },
  };
}

const MAX_LEVEL = 15;
/** The share of pages that the faintest level but nothing stands for; each level doubles it, up to a half. */
const FAINTEST_SHARE = 2 ** -MAX_LEVEL;

/**
 * Draws how much each codepoint is used: 0 to 15, a logarithmic scale.
 *
 * What fewer than `leastSites` sites have shown is 0 like what nobody has: the picture is public.
 */
export function drawUsage(usage: Usage, leastSites: number): Uint8Array<ArrayBuffer> {
  const { weight, shares } = weighSites(usage);
  return Uint8Array.from(shares, (sum, index) => {
    if (sum === 0 || countWitnesses(usage, index) < leastSites) return 0;
    return Math.max(1, Math.min(MAX_LEVEL, Math.round(Math.log2(sum / weight / FAINTEST_SHARE))));
  });
}
