import type { CodepointSet } from '../codepoints/codepoint-set.ts';

/** Sites are told apart only as far as this many buckets, by a hash with a salt that is thrown away after a while. */
export const SITE_BUCKETS = 32;
/** The bucket of all sites that a request does not tell: their pages count as one site's, but are nobody's witness. */
export const UNKNOWN_SITE = 0;
/** So are clients. */
export const CLIENT_BUCKETS = 4096;

/**
 * What has been seen of a face's use, once.
 *
 * `page`: all codepoints that a page drew. `delta`: those that a client asked for, already rounded to the groups of a plan;
 * what it had before is not among them.
 */
export type Observation = {
  readonly kind: 'page' | 'delta';
  /** 0 to SITE_BUCKETS - 1; who it was cannot be told from it. */
  readonly siteBucket: number;
  /** 0 to CLIENT_BUCKETS - 1. */
  readonly clientBucket: number;
  readonly set: CodepointSet;
  /** Bytes of the delta that was sent, 0 to 2^32 - 1; 0 for a page. */
  readonly bytes: number;
};
