import { readPack } from '../../../font-service/pack/pack.ts';
import type { FaceStore, FaceSummary } from '../../../server/stores/face-store.ts';
import { summaryOf } from '../../../server/stores/face-summary.ts';

/** A store in memory that notes its calls: `list`, and `read {face}/{build} {offset}+{length}`. */
export type MemoryStore = FaceStore & { readonly calls: string[] };

/** Creates a store that has these packs; of two builds of a face the later is current. */
export function createMemoryStore(packs: readonly Uint8Array<ArrayBuffer>[]): MemoryStore {
  const calls: string[] = [];
  const byBuild = new Map<string, Uint8Array<ArrayBuffer>>();
  const listed = new Map<string, FaceSummary>();
  const add = (summary: FaceSummary, pack: Uint8Array<ArrayBuffer>) => {
    byBuild.set(`${summary.face}/${summary.build}`, pack);
    listed.set(summary.face, summary);
  };
  for (const pack of packs) add(summaryOf(readPack(pack).meta), pack);
  return {
    calls,
    list: async () => {
      calls.push('list');
      return [...listed.values()];
    },
    readPack: async (face, build, { offset, length }) => {
      calls.push(`read ${face}/${build} ${offset}+${length}`);
      return byBuild.get(`${face}/${build}`)?.slice(offset, offset + length);
    },
    put: async (summary, pack) => {
      calls.push(`put ${summary.face}/${summary.build}`);
      add(summary, pack);
    },
  };
}
