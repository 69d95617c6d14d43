import type { BuildId, FaceId } from '../../font-service/identifiers.ts';
import { bestFileKey } from './keys.ts';

/** A font file by its name in its build: `d/{set}`, `s/{plan}/{n}`. */
type BestFileName = { readonly face: FaceId; readonly build: BuildId; readonly name: string };

/** Where recompressed fonts live; what is lost of them is made anew. */
export interface BestFileStore {
  read(file: BestFileName): Promise<Uint8Array<ArrayBuffer> | undefined>;
  put(file: BestFileName, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  remove(file: BestFileName): Promise<void>;
}

/** Keeps recompressed fonts in an R2 bucket. */
export function createR2BestFileStore(bucket: R2Bucket): BestFileStore {
  const keyOf = ({ face, build, name }: BestFileName) => bestFileKey(face, build, name);
  return {
    read: async (file) => {
      const object = await bucket.get(keyOf(file));
      return object === null ? undefined : new Uint8Array(await object.arrayBuffer());
    },
    put: async (file, bytes) => {
      await bucket.put(keyOf(file), bytes);
    },
    remove: (file) => bucket.delete(keyOf(file)),
  };
}
