import { CLIENT_BUCKETS, SITE_BUCKETS, UNKNOWN_SITE } from '../../font-service/usage/observation.ts';
import { SALT_PERIOD_MS } from '../../font-service/usage/usage.ts';
import type { Sighting } from '../ledger-protocol.ts';
import type { Settings } from './settings.ts';

const SALT_BYTES = 32;

/** A keyed hash that cannot be undone without the key: an integer from 0 to 0xFFFFFFFF. */
export type KeyedHash = (key: Uint8Array<ArrayBuffer>, text: string) => number;

/** What hides sites and clients behind numbers, for a period; then nobody can tell any more who had which. */
export interface BucketSalt {
  bucketsOf(sighting: Sighting): { readonly siteBucket: number; readonly clientBucket: number };
  ageMs(nowMs: number): number;
  isDue(nowMs: number): boolean;
  /** Replaces the salt, and with it destroys the old one; to be called within a transaction. */
  rotate(nowMs: number): void;
}

/**
 * Opens the salt of a ledger, and makes one where there is none.
 *
 * Sites whose requests carry no origin, as those of the fonts worker and the hub, have a bucket of their own together: their
 * pages count, but they are nobody's witness.
 */
export function openBucketSalt(
  settings: Settings,
  hash: KeyedHash,
  randomBytes: (count: number) => Uint8Array<ArrayBuffer>,
  nowMs: number,
): BucketSalt {
  const rotate = (atMs: number) => {
    settings.set('salt', randomBytes(SALT_BYTES));
    settings.set('saltAtMs', atMs);
    salt = settings.bytes('salt') ?? salt;
  };
  let salt = settings.bytes('salt') ?? new Uint8Array(0);
  if (salt.length === 0) rotate(nowMs);
  const ageMs = (atMs: number) => atMs - settings.number('saltAtMs');
  return {
    bucketsOf: ({ origin, client }) => ({
      siteBucket: origin === '' ? UNKNOWN_SITE : 1 + (hash(salt, `site ${origin}`) % (SITE_BUCKETS - 1)),
      clientBucket: hash(salt, `client ${client}`) % CLIENT_BUCKETS,
    }),
    ageMs,
    isDue: (atMs) => ageMs(atMs) >= SALT_PERIOD_MS,
    rotate,
  };
}
