import { type FaceId, parseBuildId, parsePlanId } from '../../font-service/identifiers.ts';
import type { Usage } from '../../font-service/usage/usage.ts';
import type { PlanRecord } from '../ledger-protocol.ts';
import type { PlanStore } from '../stores/plan-store.ts';
import type { FaceKnowledge, FaceSource } from './face-source.ts';
import type { LedgerTables } from './open-tables.ts';
import { proposePlan } from './propose-plan.ts';

/** What a publisher works with. */
export type PublisherTools = {
  readonly tables: Pick<LedgerTables, 'history' | 'settings'>;
  readonly plans: PlanStore;
  readonly faces: FaceSource;
  readonly leastSites: number;
  readonly nowMs: () => number;
  readonly sha256: (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;
};

/** Makes plans of usage and publishes them: readers see the one before or the new one, each whole. */
export interface Publisher {
  /** The plan of deltas that is current. */
  currentDeltas(face: FaceId, known: FaceKnowledge): Promise<string>;
  /** Publishes what an interruption has kept from being published. */
  resume(face: FaceId): Promise<void>;
  /** Plans anew, and publishes where that pays; does nothing where nothing was counted since. */
  planAnew(face: FaceId, known: FaceKnowledge, usage: Usage): Promise<void>;
}

/** Creates the publisher of a ledger. */
export function createPublisher({ tables, plans, faces, leastSites, nowMs, sha256 }: PublisherTools): Publisher {
  const { history, settings } = tables;

  /** The plan is stored and entered before: whenever this is interrupted, `resume` can end it. */
  async function publish(face: FaceId, { id, build }: PlanRecord): Promise<void> {
    await plans.point({ face, build: parseBuildId(build), plan: parsePlanId(id) });
    history.markPublished(id, build);
  }

  const currentPlan = async (face: FaceId, { build, packPlan }: FaceKnowledge) => {
    const current = history.current(build);
    const stored = current && (await plans.read({ face, build, plan: parsePlanId(current.id) }));
    return stored ?? packPlan;
  };

  return {
    currentDeltas: async (face, known) => (await currentPlan(face, known)).deltas,
    resume: async (face) => {
      const interrupted = history.unpublished();
      if (interrupted !== undefined) await publish(face, interrupted);
    },
    planAnew: async (face, known, usage) => {
      const pages = settings.number('counted');
      if (pages === settings.number('plannedAt')) return;
      const { build } = known;
      const material = await faces.material(face, build);
      if (material === undefined) return;
      const current = await currentPlan(face, known);
      const proposal = await proposePlan(usage, known, material, current, leastSites, sha256);
      if (proposal === undefined) return settings.set('plannedAt', pages);
      const { plan, bytesBefore, bytesAfter } = proposal;
      const record = {
        ...{ id: plan.id, build, slices: plan.slices.length },
        ...{ publishedAtMs: nowMs(), pages, bytesBefore, bytesAfter },
      };
      await plans.put({ face, build, plan: plan.id }, plan);
      history.enter(record);
      settings.set('plannedAt', pages);
      await publish(face, record);
    },
  };
}
