import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codepointsOf, filesOf } from '../../../../sw/page/parts.ts';
import { patienceMs } from '../../../../sw/page/patience.ts';
import { splitRequests } from '../../../../sw/page/split-requests.ts';

describe('patience', () => {
  it('grows with the time that the page has taken, within bounds', () => {
    expect(patienceMs(0, true, NaN)).toBe(100);
    expect(patienceMs(800, true, NaN)).toBe(200);
    expect(patienceMs(60_000, true, NaN)).toBe(400);
  });

  it('is within bounds for every page', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, noNaN: true }), (sinceStartMs) => {
        const patience = patienceMs(sinceStartMs, true, NaN);
        expect(patience).toBeGreaterThanOrEqual(100);
        expect(patience).toBeLessThanOrEqual(400);
      }),
    );
  });

  it('is always the same later', () => {
    expect(patienceMs(60_000, false, NaN)).toBe(250);
  });

  it('is what the author says, nothing too', () => {
    expect([patienceMs(800, true, 0), patienceMs(800, false, 20)]).toEqual([0, 20]);
    expect(patienceMs(800, true, -1)).toBe(200);
  });
});

describe('splitting requests', () => {
  const FILES = ['base-0', 'base-2'];
  const COMMON = [1, 2];
  const RARE = [8, 9];

  it('leaves all to the page without a hub', () => {
    expect(splitRequests([...FILES, ...COMMON], RARE, false, true)).toEqual([[], [...FILES, ...COMMON, ...RARE]]);
  });

  it('leaves files and common codepoints to the hub where there are no rare ones', () => {
    expect(splitRequests([...FILES, ...COMMON], [], true, false)).toEqual([[...FILES, ...COMMON], []]);
  });

  it('takes two deltas on the first page of a site that needs no file', () => {
    expect(splitRequests(COMMON, RARE, true, true)).toEqual([COMMON, RARE]);
  });

  it('takes one delta where two would be too many', () => {
    expect(splitRequests(COMMON, RARE, true, false)).toEqual([[], [...COMMON, ...RARE]]);
    expect(splitRequests([...FILES, ...COMMON], RARE, true, true)).toEqual([FILES, [...COMMON, ...RARE]]);
  });

  it('takes two deltas only where the site is new and no file is missing', () => {
    const parts = fc.tuple(fc.subarray(FILES), fc.subarray(COMMON), fc.subarray(RARE));
    fc.assert(
      fc.property(parts, fc.boolean(), fc.boolean(), ([files, common, rare], hasHub, isNew) => {
        const split = splitRequests([...files, ...common], rare, hasHub, isNew);
        const deltas = split.filter((parts) => codepointsOf(parts).length > 0).length;
        const mayBeTwo = hasHub && isNew && !files.length && common.length > 0 && rare.length > 0;
        expect(deltas).toBe(mayBeTwo ? 2 : Math.min(common.length + rare.length, 1));
      }),
    );
  });

  it('never loses a part, and tells the hub of nothing rare', () => {
    const parts = fc.tuple(fc.subarray(FILES), fc.subarray(COMMON), fc.subarray(RARE));
    fc.assert(
      fc.property(parts, fc.boolean(), fc.boolean(), ([files, common, rare], hasHub, isNew) => {
        const [byHub, byPage] = splitRequests([...files, ...common], rare, hasHub, isNew);
        expect([...byHub, ...byPage].sort()).toEqual([...files, ...common, ...rare].sort());
        expect(byHub.filter((part) => rare.includes(part as number))).toEqual([]);
      }),
    );
  });
});

describe('parts', () => {
  it('are files and codepoints, these ascending', () => {
    const parts = ['base-1', 0x4e01, 'base-0', 0x4e00];
    expect(filesOf(parts)).toEqual(['base-1', 'base-0']);
    expect([...codepointsOf(parts)]).toEqual([0x4e00, 0x4e01]);
  });

  it('are all one or the other, files in the order given', () => {
    const codepoints = fc.uniqueArray(fc.integer({ min: 0, max: 0x10ffff }));
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), codepoints, (files, codepoints) => {
        const parts = new Set([...codepoints, ...files]);
        expect(filesOf(parts)).toEqual(files);
        expect([...codepointsOf(parts)]).toEqual([...codepoints].sort((a, b) => a - b));
      }),
    );
  });
});
