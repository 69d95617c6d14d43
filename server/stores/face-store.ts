import type { BuildId, FaceId } from '../../font-service/identifiers.ts';
import type { FaceMeta } from '../../font-service/pack/face-meta.ts';
import type { ByteRange } from '../../font-service/pack/pack.ts';

/** What is listed of a face that can be served. */
export type FaceSummary = Pick<
  FaceMeta,
  'face' | 'build' | 'family' | 'style' | 'weight' | 'language' | 'coverage' | 'axes'
>;

/** Where faces live. Builds are never changed; a face names its current one. */
export interface FaceStore {
  /** The current faces, by id. */
  list(): Promise<readonly FaceSummary[]>;
  /** Bytes of a build's pack, fewer at its end; undefined where there is no such build. */
  readPack(face: FaceId, build: BuildId, range: ByteRange): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Stores a build, and then lets the face name it. */
  put(summary: FaceSummary, pack: Uint8Array<ArrayBuffer>): Promise<void>;
}
