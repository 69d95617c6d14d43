import { expect, it } from 'vitest';
import { composeSyllable, finals, initials, vowels } from '../../../demo-sites/sites/ko/compose-syllable.ts';

it('composes every syllable that Unicode decomposes, in order', () => {
  expect(initials.length * vowels.length * finals.length).toBe(11_172);
  expect(composeSyllable(18, 0, 4)).toBe('한');
  expect(composeSyllable(0, 0, 0)).toBe('가');
  expect(composeSyllable(initials.length - 1, vowels.length - 1, finals.length - 1)).toBe('힣');
});
