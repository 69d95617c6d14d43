import { describe, expect, it } from 'vitest';
import { type CodepointSet, codepointSetOf } from '../../font-service/codepoints/codepoint-set.ts';
import { MAX_CLIENT_PAGES } from '../../font-service/usage/observe.ts';
import type { Sighting } from '../../server/ledger-protocol.ts';
import { LEDGER_FACE, LEDGER_PACK, withLedger } from './support/test-ledger.ts';

const HAN = LEDGER_PACK.codepoints.filter((codepoint) => codepoint >= 0x4e00 && codepoint < 0xa000) as CodepointSet;
const LATER = codepointSetOf(HAN.slice(-2));
const HOUR_MS = 3_600_000;
const KEPT_HOURS = 30 * 24;

/** Deltas of one client, as they come from an isolate. */
const deltasOf = (set: CodepointSet, bytes: number, count = 1) => ({
  sightings: Array.from(
    { length: count },
    (): Sighting => ({ kind: 'delta', origin: 'site.example', client: '10.0.0.1', set, bytes }),
  ),
  tallies: { deltaMade: count, deltaBytes: count * bytes },
});

describe('what deltas save against slices', () => {
  it('is summed of the same deltas on both sides: none before they are read, all of them after', () =>
    withLedger('like-with-like', async ({ open }) => {
      const ledger = open();
      await ledger.record(LEDGER_FACE, deltasOf(HAN, 1000));
      const before = (await ledger.status()).tallies;
      expect([before.deltaBytes, before.comparedDeltaBytes, before.comparedSliceBytes]).toEqual([
        1000,
        undefined,
        undefined,
      ]);
      await ledger.alarm();
      const { tallies } = await ledger.status();
      expect(tallies).toMatchObject({ deltaBytes: 1000, comparedFirst: 1, comparedDeltaBytes: 1000 });
      expect(tallies.comparedSliceBytes).toBeGreaterThan(0);
    }));

  it('takes later deltas for bytes, and for no slices', () =>
    withLedger('later', async ({ open }) => {
      const ledger = open();
      await ledger.record(LEDGER_FACE, deltasOf(LATER, 300));
      await ledger.alarm();
      const { tallies } = await ledger.status();
      expect(tallies.comparedDeltaBytes).toBe(300);
      expect([tallies.comparedFirst, tallies.comparedSliceBytes]).toEqual([undefined, undefined]);
    }));

  it('goes on where the client has shown all that may count in plans', () =>
    withLedger('full-client', async ({ open }) => {
      const ledger = open();
      await ledger.record(LEDGER_FACE, deltasOf(HAN, 1000));
      await ledger.alarm();
      const ofOne = (await ledger.status()).tallies.comparedSliceBytes ?? 0;
      await ledger.record(LEDGER_FACE, deltasOf(HAN, 1000, 3 * MAX_CLIENT_PAGES - 1));
      await ledger.alarm();
      const { tallies, counted } = await ledger.status();
      expect(counted).toBe(MAX_CLIENT_PAGES);
      expect(tallies).toMatchObject({
        comparedFirst: 3 * MAX_CLIENT_PAGES,
        comparedDeltaBytes: 3000 * MAX_CLIENT_PAGES,
        comparedSliceBytes: 3 * MAX_CLIENT_PAGES * ofOne,
      });
    }));

  it('is forgotten on both sides after 30 days', () =>
    withLedger('forgotten', async ({ open, clock }) => {
      const ledger = open();
      await ledger.record(LEDGER_FACE, deltasOf(HAN, 1000));
      await ledger.alarm();
      clock.nowMs += (KEPT_HOURS + 1) * HOUR_MS;
      await ledger.record(LEDGER_FACE, deltasOf(LATER, 300));
      await ledger.alarm();
      expect((await ledger.status()).tallies).toEqual({ deltaMade: 1, deltaBytes: 300, comparedDeltaBytes: 300 });
    }));
});
