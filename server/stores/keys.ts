import type { BuildId, FaceId } from '../../font-service/identifiers.ts';

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
