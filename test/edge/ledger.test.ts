import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CodepointSet, codepointSetOf, codepointSetOfText } from '../../font-service/codepoints/codepoint-set.ts';
import { SALT_PERIOD_MS } from '../../font-service/usage/usage.ts';
import type { RecordBatch, Sighting } from '../../server/ledger-protocol.ts';
import { LEDGER_FACE, LEDGER_PACK, pagesOf, withLedger } from './support/test-ledger.ts';

const HAN = LEDGER_PACK.codepoints.filter((codepoint) => codepoint >= 0x4e00 && codepoint < 0xa000) as CodepointSet;
const PAGE = codepointSetOfText('一丁七万三');
const batchOf = (sightings: readonly Sighting[]): RecordBatch => ({ sightings, tallies: { pages: sightings.length } });
const waitingOf = (sql: SqlStorage) => sql.exec<{ count: number }>('SELECT count(*) count FROM batch').one().count;

describe('a batch', () => {
  it('is on disk when it is acknowledged, and there when the object is opened again', () =>
    withLedger('acknowledged', async ({ open, sql }) => {
      expect(await open().record(LEDGER_FACE, batchOf(pagesOf(PAGE, 5)))).toBe('recorded');
      expect(waitingOf(sql)).toBe(1);
      const again = open();
      expect((await again.status()).tallies).toEqual({ pages: 5 });
      await again.alarm();
      expect(await again.status()).toMatchObject({ counted: 5, ledger: { waitingBatches: 0, waitingBytes: 0 } });
    }));

  it('is recorded whole or not at all', () =>
    withLedger('whole', async ({ open, sql }) => {
      const ledger = open();
      const empty: Sighting = { kind: 'page', origin: '', client: '', set: codepointSetOf([]), bytes: 0 };
      const many = [...pagesOf(PAGE, 200), empty];
      await expect(ledger.record(LEDGER_FACE, batchOf(many))).rejects.toThrow('it is empty');
      expect(waitingOf(sql)).toBe(0);
      expect((await ledger.status()).tallies).toEqual({});
    }));

  it('of many observations takes several rows', () =>
    withLedger('rows', async ({ open, sql }) => {
      const ledger = open();
      await ledger.record(LEDGER_FACE, batchOf(pagesOf(HAN, 10, 100)));
      expect(waitingOf(sql)).toBeGreaterThan(1);
      await ledger.alarm();
      expect((await ledger.status()).counted).toBe(1000);
    }));

  it('is refused where too much waits, and what was there before is kept', () =>
    withLedger('full', async ({ open }) => {
      const ledger = open({ maxWaitingBytes: 100 });
      expect(await ledger.record(LEDGER_FACE, batchOf(pagesOf(PAGE, 20)))).toBe('recorded');
      expect(await ledger.record(LEDGER_FACE, batchOf(pagesOf(PAGE, 1)))).toBe('full');
      await ledger.alarm();
      expect((await ledger.status()).counted).toBe(20);
      expect(await ledger.record(LEDGER_FACE, batchOf(pagesOf(PAGE, 1)))).toBe('recorded');
    }));

  it('that is damaged on disk costs only itself', () =>
    withLedger('damaged', async ({ open, sql, failures }) => {
      const ledger = open();
      for (let times = 0; times < 3; times++) await ledger.record(LEDGER_FACE, batchOf(pagesOf(PAGE, 4)));
      sql.exec('UPDATE batch SET observations = ? WHERE id = 2', Uint8Array.of(1, 9, 9, 9));
      await ledger.alarm();
      expect(await ledger.status()).toMatchObject({ counted: 8, ledger: { waitingBatches: 0 } });
      expect(failures.length).toBe(1);
    }));
});

describe('folding', () => {
  it('adds up to the same however the object is interrupted between', () =>
    withLedger('interrupted', async ({ open, sql }) => {
      const steps = fc.array(fc.constantFrom('record', 'fold', 'reopen'), { maxLength: 12 });
      let recorded = 0;
      await fc.assert(
        fc.asyncProperty(steps, async (asked) => {
          let ledger = open();
          for (const step of asked) {
            if (step === 'record') {
              await ledger.record(LEDGER_FACE, batchOf(pagesOf(PAGE, 2)));
              recorded += 2;
            } else if (step === 'fold') await ledger.tick(LEDGER_FACE);
            else ledger = open();
          }
          await open().tick(LEDGER_FACE);
          expect((await open().status()).tallies.pages ?? 0).toBe(recorded);
          expect(waitingOf(sql)).toBe(0);
        }),
        { numRuns: 20 },
      );
      // What one site and client may count is bounded.
      expect((await open().status()).counted).toBeLessThanOrEqual(recorded);
    }));

  it('that fails leaves the batches where they are', () =>
    withLedger('failing', async ({ open, sql, store }) => {
      const ledger = open();
      await ledger.record(LEDGER_FACE, batchOf(pagesOf(PAGE, 5)));
      const { list } = store;
      store.list = () => Promise.reject(new Error('not now'));
      await expect(open().alarm()).rejects.toThrow('not now');
      expect(waitingOf(sql)).toBe(1);
      store.list = list;
      await ledger.alarm();
      expect((await ledger.status()).counted).toBe(5);
    }));

  it('begins anew where the snapshot is of another version, and says so', () =>
    withLedger('version', async ({ open, sql, failures }) => {
      const ledger = open();
      await ledger.record(LEDGER_FACE, batchOf(pagesOf(PAGE, 5)));
      await ledger.alarm();
      sql.exec('UPDATE snapshot SET bytes = ?', Uint8Array.of(1, 2, 3));
      await ledger.record(LEDGER_FACE, batchOf(pagesOf(PAGE, 5)));
      await ledger.alarm();
      expect([waitingOf(sql), failures.length]).toEqual([0, 1]);
      await ledger.record(LEDGER_FACE, batchOf(pagesOf(PAGE, 5)));
      await ledger.alarm();
      expect(failures.length).toBe(1);
    }));

  it('is due some time after the first batch, once', () =>
    withLedger('alarm', async ({ open, alarms, clock }) => {
      const ledger = open();
      for (let times = 0; times < 3; times++) await ledger.record(LEDGER_FACE, batchOf(pagesOf(PAGE, 1)));
      expect(alarms).toEqual([clock.nowMs + 30_000]);
    }));

  it('draws what enough sites have shown, and nothing else', () =>
    withLedger('picture', async ({ open }) => {
      const ledger = open();
      const [common, rare] = [codepointSetOfText('一'), codepointSetOfText('丁')];
      await ledger.record(LEDGER_FACE, batchOf([...pagesOf(common, 12, 4), ...pagesOf(rare, 1, 4)]));
      await ledger.alarm();
      const { levels } = (await ledger.picture()) ?? { levels: new Uint8Array() };
      expect([...levels].filter((level) => level > 0).length).toBe(1);
      expect((await ledger.picture())?.build).toBe(LEDGER_PACK.meta.build);
    }));
});

describe('the salt', () => {
  const saltOf = (sql: SqlStorage) =>
    new Uint8Array(sql.exec<{ value: ArrayBuffer }>("SELECT value FROM setting WHERE name = 'salt'").one().value);

  it('stays while the object comes and goes, and is replaced after its period', () =>
    withLedger('salt', async ({ open, sql, clock }) => {
      await open().record(LEDGER_FACE, batchOf(pagesOf(PAGE, 5)));
      const first = saltOf(sql);
      open();
      expect(saltOf(sql)).toEqual(first);
      clock.nowMs += SALT_PERIOD_MS - 1 - (await open().status()).ledger.saltAgeMs;
      await open().tick(LEDGER_FACE);
      expect(saltOf(sql)).toEqual(first);
      clock.nowMs += 1;
      await open().tick(LEDGER_FACE);
      expect(saltOf(sql)).not.toEqual(first);
      expect((await open().status()).ledger.saltAgeMs).toBe(0);
    }));
});
