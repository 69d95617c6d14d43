import type { FaceStore } from './face-store.ts';
import { parseFaceSummary } from './face-summary.ts';
import { FACES_PREFIX, faceKey, packKey } from './keys.ts';
import { listWithMetadata } from './list-with-metadata.ts';

/** Keeps faces in an R2 bucket. @see https://developers.cloudflare.com/r2/api/workers/workers-api-reference/ */
export function createR2FaceStore(bucket: R2Bucket): FaceStore {
  return {
    list: async () =>
      (await listWithMetadata(bucket, FACES_PREFIX))
        .map((metadata) => parseFaceSummary(metadata['summary'] ?? ''))
        .sort((a, b) => (a.face < b.face ? -1 : 1)),
    readPack: async (face, build, range) => {
      const object = await bucket.get(packKey(face, build), { range });
      return object === null ? undefined : new Uint8Array(await object.arrayBuffer());
    },
    put: async (summary, pack) => {
      await bucket.put(packKey(summary.face, summary.build), pack);
      await bucket.put(faceKey(summary.face), '', { customMetadata: { summary: asciiJson(summary) } });
    },
  };
}

/** Metadata travels in headers, where only ASCII is safe. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
