import fc from 'fast-check';
import { codepointSetOf, isScalarValue } from '../../font-service/codepoints/codepoint-set.ts';

/** Codepoints of all planes, most of them where text is: they crowd in blocks, and now and then lie far apart. */
export const codepoints: fc.Arbitrary<number> = fc
  .oneof(
    fc.integer({ min: 0x20, max: 0x7e }),
    fc.integer({ min: 0x3000, max: 0x30ff }),
    fc.integer({ min: 0x4e00, max: 0x9fff }),
    fc.nat(0x10ffff),
    fc.constantFrom(0, 0xd7ff, 0xe000, 0xfffe, 0xffff, 0x10000, 0x10ffff),
  )
  .filter(isScalarValue);

/** Sets with at least `minLength` members (0) and about as many as `maxLength` says (60). */
export function codepointSets({ minLength = 0, maxLength = 60 } = {}) {
  return fc.array(codepoints, { minLength, maxLength }).map((members) => codepointSetOf(members));
}
