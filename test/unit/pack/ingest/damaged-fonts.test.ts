import fc from 'fast-check';
import { convert } from 'fontverter';
import { beforeAll, describe, expect, it } from 'vitest';
import { assembleFont } from '../../../../font-service/assemble/assemble-font.ts';
import { TypecaseError } from '../../../../font-service/errors.ts';
import { checkPack } from '../../../../font-service/pack/check-pack.ts';
import { readPack, readPackExtent } from '../../../../font-service/pack/pack.ts';
import { writePack } from '../../../../font-service/pack/write-pack.ts';
import { compressQuickly } from '../../../support/compress-quickly.ts';
import { collectFace } from '../../../support/open-face.ts';
import { patchFont } from '../../../support/patch-font.ts';
import { refusalOfAsync } from '../../../support/refusal-of.ts';
import { makeSmallFont } from '../../../support/small-font.ts';
import { TINY_PACK_PARTS } from '../../../support/tiny-pack.ts';

const SEED = 20261122;
const LONGEST_MS = 3000;
const REFUSALS: readonly (string | undefined)[] = [undefined, 'bad-font', 'unservable-font', 'out-of-bounds'];

let font: Uint8Array<ArrayBuffer>;
let woff2: Uint8Array<ArrayBuffer>;
beforeAll(async () => {
  font = await makeSmallFont('ABCabc、。「」かなカナ一二三四五六七八九十亜唖娃阿哀愛挨姶逢葵茜穐悪');
  woff2 = new Uint8Array(await convert(Buffer.from(font), 'woff2'));
});

/** Ingests a font up to a pack that the service accepts and can assemble from, or refuses it; nothing else. */
async function expectPackOrRefusal(file: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  const before = performance.now();
  const refusal = await refusalOfAsync(async () => {
    const glyphs = await collectFace(file);
    const plan = { ...TINY_PACK_PARTS.description.plan, deltas: '' };
    const description = { ...TINY_PACK_PARTS.description, coverage: glyphs.codepoints.length, plan };
    const pack = await writePack({ ...TINY_PACK_PARTS, description, glyphs }, async () => new Uint8Array(32));
    checkPack(readPack(pack), readPackExtent(pack));
    await assembleFont(readPack(pack), glyphs.codepoints, compressQuickly);
  });
  expect(performance.now() - before).toBeLessThan(LONGEST_MS);
  expect(REFUSALS).toContain(refusal?.code);
  return refusal?.code;
}

const flips = fc.array(fc.nat(0xffffffff), { minLength: 1, maxLength: 8 });

function flipped(file: Uint8Array<ArrayBuffer>, places: readonly number[]): Uint8Array<ArrayBuffer> {
  const damaged = file.slice();
  for (const place of places) damaged[(place >>> 3) % file.length]! ^= 1 << (place & 7);
  return damaged;
}

describe('a damaged font', () => {
  it('becomes a good pack or is refused, whichever of its bits are flipped', async () => {
    await fc.assert(
      fc.asyncProperty(flips, async (places) => {
        await expectPackOrRefusal(flipped(font, places));
      }),
      { seed: SEED, numRuns: 200, endOnFailure: true },
    );
  });

  it('becomes a good pack or is refused, whichever table is damaged', async () => {
    const tags = fc.constantFrom(
      'cmap',
      'glyf',
      'loca',
      'head',
      'hhea',
      'hmtx',
      'maxp',
      'name',
      'OS/2',
      'post',
      'vhea',
      'vmtx',
      'GSUB',
      'GPOS',
    );
    const damage = fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(tags, damage, async (tag, bytes) => {
        const damaged = patchFont(font, (tables) => {
          const table = tables.get(tag);
          for (const [offset, value] of bytes) if (table && offset < table.length) table[offset] = value;
        });
        await expectPackOrRefusal(damaged);
      }),
      { seed: SEED, numRuns: 250, endOnFailure: true },
    );
  });

  it('becomes a good pack or is refused, whichever bits of its WOFF2 are flipped', async () => {
    await fc.assert(
      fc.asyncProperty(flips, async (places) => {
        await expectPackOrRefusal(flipped(woff2, places));
      }),
      { seed: SEED, numRuns: 60, endOnFailure: true },
    );
  });

  it('is no reason to refuse a good one after it: HarfBuzz and the WOFF2 decoder are in the same process', async () => {
    expect(await expectPackOrRefusal(font)).toBeUndefined();
    expect(await expectPackOrRefusal(woff2)).toBeUndefined();
  });

  it('is refused with an error of the service', async () => {
    await expect(collectFace(font.slice(0, 100))).rejects.toBeInstanceOf(TypecaseError);
  });
});
