import { brotliCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type CodepointSet, codepointSetOf } from '../../font-service/codepoints/codepoint-set.ts';
import { formatSet } from '../../font-service/codepoints/set-encoding.ts';
import { readPack } from '../../font-service/pack/pack.ts';
import type { Sighting } from '../../server/ledger-protocol.ts';
import { providedPack } from './support/provided-pack.ts';
import { codepointsOfWoff2, readWoff2Tables } from './support/read-woff2.ts';
import { rewritePack } from './support/rewrite-pack.ts';
import { LEDGER_FACE, LEDGER_PACK, pagesOf, type TestLedger, withLedger } from './support/test-ledger.ts';

const { meta, codepoints } = LEDGER_PACK;
const HAN = codepoints.filter((codepoint) => codepoint >= 0x4e00 && codepoint < 0xa000) as CodepointSet;
/** What the priors of the tests take for rare. */
const UNEXPECTED = HAN.slice(-30) as CodepointSet;
const DELTA = HAN.slice(0, 12) as CodepointSet;

/** Makes usage that asks for another plan. */
async function learn({ open }: TestLedger) {
  const ledger = open();
  await ledger.record(LEDGER_FACE, { sightings: pagesOf(UNEXPECTED, 20, 40), tallies: {} });
  return ledger;
}

const deltasOf = (count: number): readonly Sighting[] =>
  Array.from({ length: count }, (_, index) => ({
    ...{ kind: 'delta', origin: '', set: DELTA, bytes: 1000 },
    client: `10.1.1.${index}`,
  }));

describe('a tick', () => {
  it('publishes a plan once: stored, then pointed to', () =>
    withLedger('published', async (test) => {
      const ledger = await learn(test);
      await ledger.tick(LEDGER_FACE);
      const [plan] = (await ledger.status()).plans;
      expect(plan).toMatchObject({ build: meta.build });
      const calls = test.plans.calls.filter((call) => !call.startsWith('pointers'));
      expect(calls).toEqual([`put ${plan?.id}`, `point ${plan?.id}`]);
      await test.open().tick(LEDGER_FACE);
      expect((await ledger.status()).plans.length).toBe(1);
    }));

  it('makes no plan where nothing was seen', () =>
    withLedger('unseen', async (test) => {
      const ledger = test.open();
      await ledger.tick(LEDGER_FACE);
      expect((await ledger.status()).plans).toEqual([]);
      expect(test.plans.calls).toEqual([]);
    }));

  it.each(['put', 'point'] as const)(
    'that is cut short at the store’s %s changes nothing, and the next ends it',
    (step) =>
      withLedger(`interrupted at ${step}`, async (test) => {
        const ledger = await learn(test);
        const whole = test.plans[step];
        Object.assign(test.plans, { [step]: () => Promise.reject(new Error('not now')) });
        await expect(ledger.tick(LEDGER_FACE)).rejects.toThrow('not now');
        expect(await test.plans.pointers()).toEqual([]);
        expect((await ledger.status()).plans).toEqual([]);
        Object.assign(test.plans, { [step]: whole });
        await test.open().tick(LEDGER_FACE);
        const [pointer] = await test.plans.pointers();
        expect(pointer?.plan).toBe((await ledger.status()).plans[0]?.id);
      }),
  );

  it('twice at once makes one plan', () =>
    withLedger('at once', async (test) => {
      const ledger = await learn(test);
      await Promise.all([ledger.tick(LEDGER_FACE), ledger.tick(LEDGER_FACE)]);
      expect(test.plans.calls.filter((call) => call.startsWith('put')).length).toBe(1);
    }));

  it('does nothing for a face that is not served', () =>
    withLedger('gone', async (test) => {
      const ledger = await learn(test);
      test.store.list = async () => [];
      await ledger.tick(LEDGER_FACE);
      expect((await ledger.status()).plans).toEqual([]);
    }));
});

describe('recompression', () => {
  it('makes every slice of a new plan and every hot delta once, however often it is begun', () =>
    withLedger('single flight', async (test) => {
      let compressed = 0;
      const compressBest = (bytes: Uint8Array<ArrayBuffer>) => {
        compressed += 1;
        return brotliCompressSync(bytes);
      };
      await learn(test);
      const ledger = test.open({ compressBest });
      await ledger.record(LEDGER_FACE, { sightings: deltasOf(8), tallies: {} });
      await ledger.tick(LEDGER_FACE);
      const { plans, recompressed } = await ledger.status();
      expect(recompressed.waiting).toBe((plans[0]?.slices ?? 0) + 1);
      await Promise.all([ledger.alarm(), ledger.alarm(), ledger.tick(LEDGER_FACE)]);
      await ledger.alarm();
      expect(compressed).toBe(recompressed.waiting);
      expect((await ledger.status()).recompressed).toMatchObject({ slices: plans[0]?.slices, deltas: 1, waiting: 0 });
      expect(test.best.size).toBe(compressed);
    }));

  it('gives the same font, and tells isolates of it', () =>
    withLedger('same font', async (test) => {
      const ledger = test.open({ compressBest: (bytes) => brotliCompressSync(bytes) });
      await ledger.record(LEDGER_FACE, { sightings: deltasOf(8), tallies: {} });
      expect((await ledger.bestFiles(meta.build, 0))?.names).toEqual([]);
      await ledger.alarm();
      const name = `d/${formatSet(DELTA)}`;
      const list = await ledger.bestFiles(meta.build, 0);
      expect(list?.names).toEqual([name]);
      expect(await ledger.bestFiles(meta.build, list?.version ?? 0)).toBeUndefined();
      const file = test.best.get(`${meta.build}/${name}`) ?? new Uint8Array();
      expect(codepointsOfWoff2(file)).toEqual([...DELTA]);
      expect(readWoff2Tables(file).size).toBeGreaterThan(8);
    }));

  it('leaves alone what was asked for a few times, and what is asked for no longer', () =>
    withLedger('cold', async (test) => {
      const ledger = test.open();
      await ledger.record(LEDGER_FACE, { sightings: deltasOf(7), tallies: {} });
      await ledger.alarm();
      expect(test.best.size).toBe(0);
      test.clock.nowMs += 60 * 86_400_000;
      await ledger.record(LEDGER_FACE, { sightings: deltasOf(7), tallies: {} });
      await ledger.alarm();
      expect(test.best.size).toBe(0);
    }));

  it('drops the files of builds that are no longer current', () =>
    withLedger('tidy', async (test) => {
      const ledger = test.open();
      await ledger.record(LEDGER_FACE, { sightings: deltasOf(8), tallies: {} });
      await ledger.alarm();
      expect(test.best.size).toBe(1);
      const later = await rewritePack(providedPack('smallPack'), { build: '0123456789' });
      await test.store.put(readPack(later).meta, later);
      await test.open().tick(LEDGER_FACE);
      expect([...test.best.keys()]).toEqual([]);
      expect((await ledger.bestFiles(meta.build, 0))?.names).toEqual([]);
    }));
});

describe('usage of a delta', () => {
  it('of codepoints that the face lacks does no harm', () =>
    withLedger('strange', async (test) => {
      const ledger = test.open();
      const set = codepointSetOf([0x41, 0x2fa1d, 0x10ffff]);
      await ledger.record(LEDGER_FACE, { sightings: pagesOf(set, 5), tallies: {} });
      await ledger.tick(LEDGER_FACE);
      expect(test.failures).toEqual([]);
    }));
});
