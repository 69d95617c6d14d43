import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseEvictions, totalBytes } from '../../../../sw/fonts/choose-evictions.ts';
import { bytesOf, type FaceRecord, type FaceRecords } from '../../../../sw/fonts/face-record.ts';

const record: fc.Arbitrary<FaceRecord> = fc.dictionary(
  fc.stringMatching(/^[0-9a-f]{10}$/),
  fc.record({
    firstUsedMs: fc.nat(1000),
    usedMs: fc.nat(1000),
    files: fc.dictionary(fc.stringMatching(/^base-\d$/), fc.nat(500)),
  }),
  { minKeys: 1, maxKeys: 3 },
);
const records: fc.Arbitrary<FaceRecords> = fc
  .dictionary(fc.stringMatching(/^[a-e]-400$/), record)
  .map((faces) => Object.entries(faces));

describe('chooseEvictions', () => {
  const lastUseMs = (face: FaceRecord) => Math.max(...Object.values(face).map(({ usedMs }) => usedMs));

  it('gives up just enough, the longest unused faces first, and the current one last', () => {
    fc.assert(
      fc.property(records, fc.nat(4000), fc.constantFrom('a-400', 'b-400', 'z-400'), (records, allowed, current) => {
        const evicted = chooseEvictions(records, allowed, current);
        const left = (gone: readonly string[]) => records.filter(([face]) => !gone.includes(face));
        expect(totalBytes(left(evicted))).toBeLessThanOrEqual(allowed);
        if (evicted.length) expect(totalBytes(left(evicted.slice(0, -1)))).toBeGreaterThan(allowed);
        if (evicted.includes(current)) expect(evicted.at(-1)).toBe(current);
        const others = evicted.filter((face) => face !== current);
        const used = others.map((face) => lastUseMs(new Map(records).get(face)!));
        expect(used).toEqual([...used].sort((a, b) => a - b));
        for (const [face, record] of left(evicted))
          if (face !== current) expect(lastUseMs(record)).toBeGreaterThanOrEqual(used.at(-1) ?? 0);
      }),
    );
  });

  it('counts every file of every build', () => {
    const of = (bytes: number) => ({ firstUsedMs: 0, usedMs: 0, files: { 'base-0': bytes, 'base-1': 1 } });
    expect(bytesOf({ '0123456789': of(10), abcdef0123: of(100) })).toBe(112);
  });
});
