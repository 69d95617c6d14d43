import { describe, expect, it } from 'vitest';
import { codepointSetOfText } from '../../../font-service/codepoints/codepoint-set.ts';
import { parsePlanId } from '../../../font-service/identifiers.ts';
import { formatDeltaPlan, parseDeltaPlan } from '../../../font-service/plan/delta-plan.ts';
import { type FacePlan, membersOfSlices, ownersOf, withoutGroups } from '../../bench/replay/face-plan.ts';

const PLAN: FacePlan = {
  id: parsePlanId('0123abcd'),
  slices: [
    { unicodeRange: 'U+4E00-4E05', codepoints: 3 },
    { unicodeRange: 'U+4E01,U+4E03', codepoints: 2 },
  ],
  deltas: formatDeltaPlan({ tiers: [codepointSetOfText('一'), codepointSetOfText('七万丈三上')] }),
};

describe('a plan', () => {
  it('has the members of its slices without what later rules and the bases claim', () => {
    const members = membersOfSlices(PLAN, [{ unicodeRange: 'U+4E05', codepoints: 1 }]);
    expect(members.map((set) => [...set])).toEqual([
      [0x4e00, 0x4e02, 0x4e04],
      [0x4e01, 0x4e03],
    ]);
  });

  it('without groups has every codepoint in its first tier', () => {
    const { tiers } = parseDeltaPlan(withoutGroups(PLAN).deltas);
    expect(tiers).toHaveLength(1);
    expect([...tiers[0]!]).toEqual([...codepointSetOfText('一七万丈三上')]);
  });

  it('tells the last set that has a codepoint', () => {
    const owners = ownersOf([codepointSetOfText('ab'), codepointSetOfText('bc')]);
    expect([...'abcd'].map((text) => owners.get(text.codePointAt(0)!))).toEqual([0, 1, 1, undefined]);
  });
});
