import type * as fontkit from 'fontkit';
import { describe, expect, inject, it } from 'vitest';
import { type CodepointSet, codepointSetOf } from '../../font-service/codepoints/codepoint-set.ts';
import { formatFontPath } from '../../font-service/font-url.ts';
import { parseFaceId } from '../../font-service/identifiers.ts';
import { readCurrentBuild } from '../support/current-build.ts';
import { differingCodepoints, openWithFontkit, subsetByHarfBuzz } from '../support/harfbuzz-judge.ts';
import { readFont } from '../support/make-pack.ts';

const origin = `http://127.0.0.1:${inject('servicePort')}`;
const FACES = [
  ['noto-sans-jp', '400Regular', 'noto-sans-jp-400'],
  ['noto-sans-jp', '700Bold', 'noto-sans-jp-700'],
  ['noto-sans-kr', '400Regular', 'noto-sans-kr-400'],
  ['noto-sans-kr', '700Bold', 'noto-sans-kr-700'],
  ['noto-sans-tc', '400Regular', 'noto-sans-tc-400'],
  ['noto-sans-tc', '700Bold', 'noto-sans-tc-700'],
  ['noto-sans-sc', '400Regular', 'noto-sans-sc-400'],
  ['noto-sans-sc', '700Bold', 'noto-sans-sc-700'],
  ['noto-serif-jp', '400Regular', 'noto-serif-jp-400'],
] as const;
const SIZES = [1, 40, 700, 4000];

/** A repeatable choice of a set's members: a linear congruential generator picks them. */
function sampleOf(coverage: CodepointSet, size: number, seed: number): CodepointSet {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return coverage[state % coverage.length] ?? 0;
  };
  return codepointSetOf(Array.from({ length: size }, next));
}

/** fontkit counts the end mark of a format 4 cmap. */
function codepointsOf(font: fontkit.Font): CodepointSet {
  return codepointSetOf(font.characterSet.filter((codepoint) => codepoint !== 0xffff));
}

describe('a delta assembled in workerd', () => {
  it.each(FACES)('%s %s has the outlines and advances of HarfBuzz’s subset', async (packageName, style, face) => {
    const source = Buffer.from(await readFont(packageName, style));
    const coverage = codepointSetOf(openWithFontkit(source).characterSet);
    const address = { face: parseFaceId(face), build: await readCurrentBuild(origin, face) };
    for (const [index, size] of SIZES.entries()) {
      const set = sampleOf(coverage, size, index + face.length);
      const response = await fetch(origin + formatFontPath({ ...address, file: { kind: 'delta', set } }));
      expect(response.status).toBe(200);
      const served = openWithFontkit(new Uint8Array(await response.arrayBuffer()));
      expect(differingCodepoints(served, await subsetByHarfBuzz(source, set), set)).toEqual([]);
      expect(codepointsOf(served)).toEqual(set);
    }
  });
});
