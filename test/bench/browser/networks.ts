import type { NetworkConditions } from '../../support/throttle-network.ts';

/** The networks that are measured; undefined leaves loopback as it is. */
export const NETWORKS: ReadonlyMap<string, NetworkConditions | undefined> = new Map([
  // Lighthouse's "slow 4G", which is what the web is judged by.
  ['1.6 Mbit/s, 150 ms', { latencyMs: 150, downloadBytesPerSecond: 200_000, uploadBytesPerSecond: 93_750 }],
  // WebPageTest's "4G".
  ['4G: 9 Mbit/s, 170 ms', { latencyMs: 170, downloadBytesPerSecond: 1_125_000, uploadBytesPerSecond: 1_125_000 }],
  ['unthrottled', undefined],
]);
