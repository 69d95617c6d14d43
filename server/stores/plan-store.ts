import type { CodepointSet } from '../../font-service/codepoints/codepoint-set.ts';
import type { BuildId, FaceId, PlanId } from '../../font-service/identifiers.ts';
import type { FaceMeta } from '../../font-service/pack/face-meta.ts';

/** A plan that usage has made, for one build: as stylesheets describe it, and what each slice holds. */
export type StoredPlan = FaceMeta['plan'] & { readonly members: readonly CodepointSet[] };

/** Which plan a face's build has now. */
export type PlanPointer = { readonly face: FaceId; readonly build: BuildId; readonly plan: PlanId };

/** Where learned plans live. Plans are never changed or removed: pages in caches still name them. */
export interface PlanStore {
  /** The current plans of all faces that have a learned one. */
  pointers(): Promise<readonly PlanPointer[]>;
  read(pointer: PlanPointer): Promise<StoredPlan | undefined>;
  /** Stores a plan; one that is there already stays as it is. */
  put(pointer: PlanPointer, plan: StoredPlan): Promise<void>;
  /** Makes a stored plan the current one, at once and whole. */
  point(pointer: PlanPointer): Promise<void>;
}
