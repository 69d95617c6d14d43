import type { BuildId, FaceId, PlanId } from '../../font-service/identifiers.ts';

/** Where the current faces are listed: one small object each, written last, so that a face appears whole or not at all. */
export const FACES_PREFIX = 'faces/';

/** The object that names a face's current build. */
export function faceKey(face: FaceId): string {
  return `${FACES_PREFIX}${face}.json`;
}

/** A build's pack: written once, kept for good, as pages in caches still name it. */
export function packKey(face: FaceId, build: BuildId): string {
  return `packs/${face}/${build}.pack`;
}

/** Where the current learned plans are listed, one small object a face. */
export const CURRENT_PLANS_PREFIX = 'current-plans/';

/** The object that names a face's current plan: written last, so that a plan appears whole or not at all. */
export function currentPlanKey(face: FaceId): string {
  return `${CURRENT_PLANS_PREFIX}${face}.json`;
}

/** A learned plan: written once, kept for good. */
export function planKey(face: FaceId, build: BuildId, plan: PlanId): string {
  return `plans/${face}/${build}/${plan}.json`;
}

/** The longest name in its build that a recompressed file may have: keys have 1,024 bytes at most. */
export const MAX_BEST_NAME_CHARACTERS = 800;

/** A recompressed font: beside the path under which it is served. */
export function bestFileKey(face: FaceId, build: BuildId, name: string): string {
  return `best/${face}/${build}/${name}.woff2`;
}
