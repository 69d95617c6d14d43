import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FaceRecord, withoutFile, withoutOldBuilds, withUse } from '../../../../sw/fonts/face-record.ts';
import { OLD_BUILD_GRACE_MS } from '../../../../sw/fonts/limits.ts';

const DAY_MS = OLD_BUILD_GRACE_MS;
const builds = ['0000000000', '1111111111', '2222222222'] as const;
const [OLD, NEW] = builds;

/** What happens to a face, step by step: a build is used after some time, or a file is lost. */
const steps = fc.array(
  fc.record({
    afterMs: fc.nat(2 * DAY_MS),
    build: fc.constantFrom(...builds),
    file: fc.constantFrom('base-0', 'base-1', 'd/AB'),
    isLost: fc.boolean(),
  }),
);

function play(steps: readonly Step[]): [FaceRecord, number] {
  let record: FaceRecord = {};
  let nowMs = 0;
  for (const { afterMs, build, file, isLost } of steps) {
    nowMs += afterMs;
    record = isLost
      ? withoutFile(record, build, file)
      : withoutOldBuilds(withUse(record, build, nowMs, { [file]: 100 }), nowMs);
  }
  return [record, nowMs];
}

type Step = { readonly afterMs: number; readonly build: string; readonly file: string; readonly isLost: boolean };

describe("a face's record", () => {
  it('always has the newest build, and of the older ones those that were used within a day', () => {
    fc.assert(
      fc.property(steps, fc.nat(3 * DAY_MS), (steps, laterMs) => {
        const [record, nowMs] = play(steps);
        const after = withoutOldBuilds(record, nowMs + laterMs);
        const newestMs = Math.max(...Object.values(record).map(({ firstUsedMs }) => firstUsedMs));
        for (const [build, { firstUsedMs, usedMs }] of Object.entries(record)) {
          const isKept = firstUsedMs === newestMs || usedMs >= nowMs + laterMs - DAY_MS;
          expect(after[build] !== undefined).toBe(isKept);
        }
      }),
    );
  });

  it('has no build without files', () => {
    fc.assert(
      fc.property(steps, (steps) => {
        for (const { files, firstUsedMs, usedMs } of Object.values(play(steps)[0])) {
          expect(Object.keys(files).length).toBeGreaterThan(0);
          expect(firstUsedMs).toBeLessThanOrEqual(usedMs);
        }
      }),
    );
  });

  it('keeps both builds while cached stylesheets name them in turn', () => {
    let record = withUse({}, OLD, 0, { 'base-0': 1 });
    for (let nowMs = 1000; nowMs < 5 * DAY_MS; nowMs += DAY_MS / 2) {
      record = withoutOldBuilds(withUse(record, NEW, nowMs, { 'base-0': 1 }), nowMs);
      record = withoutOldBuilds(withUse(record, OLD, nowMs + 1), nowMs + 1);
    }
    expect(Object.keys(record).sort()).toEqual([OLD, NEW]);
  });

  it('keeps the newer build while only the older one is used', () => {
    const record = withUse(withUse({}, OLD, 0, { 'base-0': 1 }), NEW, 1000, { 'base-0': 1 });
    const later = withoutOldBuilds(withUse(record, OLD, 9 * DAY_MS), 9 * DAY_MS);
    expect(Object.keys(later).sort()).toEqual([OLD, NEW]);
  });
});
