import { env } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { parseBuildId, parseFaceId } from '../../font-service/identifiers.ts';
import { readPack } from '../../font-service/pack/pack.ts';
import { summaryOf } from '../../server/stores/face-summary.ts';
import { createR2FaceStore } from '../../server/stores/r2-face-store.ts';
import { providedPack } from './support/provided-pack.ts';

const summary = summaryOf(readPack(providedPack('smallPack')).meta);
const faces = ['c-400', 'a-700', 'b-400', 'a-400', 'a-400-italic'].map(parseFaceId);

describe('createR2FaceStore', () => {
  it('lists all faces by id, however many pages the bucket takes for them', async () => {
    for (const face of faces) await createR2FaceStore(env.FONTS).put({ ...summary, face }, new Uint8Array(4));
    const pages: number[] = [];
    const paged = {
      list: async (options: R2ListOptions) => {
        const page = await env.FONTS.list({ ...options, limit: 2 });
        pages.push(page.objects.length);
        return page;
      },
    } as R2Bucket;
    expect((await createR2FaceStore(paged).list()).map(({ face }) => face)).toEqual(faces.toSorted());
    expect(pages).toEqual([2, 2, 1]);
  });

  it('gives back the listing as it was put', async () => {
    const listed = { ...summary, family: '源ノ角 é 𠮟', axes: [{ tag: 'wght', min: 100.5, max: 900 }] };
    const store = createR2FaceStore(env.FONTS);
    await store.put(listed, new Uint8Array(4));
    expect(await store.list()).toContainEqual(listed);
  });

  it('reads the part of a pack that is asked for, less at its end, and nothing of what is not there', async () => {
    const store = createR2FaceStore(env.FONTS);
    const { face, build } = summary;
    await store.put(summary, new Uint8Array([1, 2, 3, 4, 5]));
    expect(await store.readPack(face, build, { offset: 1, length: 2 })).toEqual(new Uint8Array([2, 3]));
    expect(await store.readPack(face, build, { offset: 3, length: 9 })).toEqual(new Uint8Array([4, 5]));
    expect(await store.readPack(face, parseBuildId('0000000000'), { offset: 0, length: 1 })).toBeUndefined();
  });
});
