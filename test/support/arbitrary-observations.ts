import fc from 'fast-check';
import { type CodepointSet, codepointSetOf } from '../../font-service/codepoints/codepoint-set.ts';
import { CLIENT_BUCKETS, type Observation, SITE_BUCKETS } from '../../font-service/usage/observation.ts';

/** What may be asked for in tests of usage: forty ideographs. */
export const ASKABLE: CodepointSet = codepointSetOf(Array.from({ length: 40 }, (_, index) => 0x4e00 + 3 * index));

/** Observations of {@link ASKABLE} by any sites and clients. */
export const observations: fc.Arbitrary<Observation> = fc.record({
  bytes: fc.nat(0xffff_ffff),
  kind: fc.constantFrom('page' as const, 'delta' as const),
  siteBucket: fc.nat(SITE_BUCKETS - 1),
  clientBucket: fc.nat(CLIENT_BUCKETS - 1),
  set: fc.subarray([...ASKABLE], { minLength: 1 }).map(codepointSetOf),
});

/** A page of a site that a client has shown. */
export function pageOf(siteBucket: number, clientBucket: number, set: CodepointSet): Observation {
  return { kind: 'page', siteBucket, clientBucket, set, bytes: 0 };
}
