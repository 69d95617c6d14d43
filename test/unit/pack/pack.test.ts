import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { assembleFont } from '../../../font-service/assemble/assemble-font.ts';
import { codepointSetOf } from '../../../font-service/codepoints/codepoint-set.ts';
import { encodeGaps } from '../../../font-service/codepoints/gap-coding.ts';
import { checkPack } from '../../../font-service/pack/check-pack.ts';
import { locateMeta, readPack, readPackExtent } from '../../../font-service/pack/pack.ts';
import {
  CORE_LENGTH_OFFSET,
  DIGEST_OFFSET,
  DIGESTED_FROM,
  FILE_LENGTH_OFFSET,
  HEADER_BYTES,
  MAX_PACK_BYTES,
  SECTION_NAMES,
  SECTION_TABLE_OFFSET,
} from '../../../font-service/pack/pack-format.ts';
import { writePack } from '../../../font-service/pack/write-pack.ts';
import { compressQuickly } from '../../support/compress-quickly.ts';
import { refusalOf } from '../../support/refusal-of.ts';
import { makeTinyPack, TINY_PACK_PARTS } from '../../support/tiny-pack.ts';

const sha256 = async (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

let pack: Uint8Array<ArrayBuffer>;
beforeAll(async () => {
  pack = await makeTinyPack();
});

/** Reads a pack in all the ways the service does. */
function readWhole(bytes: Uint8Array<ArrayBuffer>) {
  const extent = readPackExtent(bytes);
  const read = readPack(bytes);
  checkPack(read, extent);
  return read;
}

/** The pack with some bytes replaced. */
function changed(change: (view: DataView, bytes: Uint8Array) => void): Uint8Array<ArrayBuffer> {
  const bytes = pack.slice();
  change(new DataView(bytes.buffer), bytes);
  return bytes;
}

const twoBases = [...TINY_PACK_PARTS.description.bases, { unicodeRange: 'U+42', codepoints: 1 }];

/** A pack whose description says something else. */
function describedAs(fields: object): Promise<Uint8Array<ArrayBuffer>> {
  return writePack({ ...TINY_PACK_PARTS, description: { ...TINY_PACK_PARTS.description, ...fields } }, sha256);
}

function planned(deltas: string): Promise<Uint8Array<ArrayBuffer>> {
  return describedAs({ plan: { ...TINY_PACK_PARTS.description.plan, deltas } });
}

/** Where the record of a glyph begins in the file. */
function recordOf(view: DataView, glyph: number): number {
  const offsets = view.getUint32(sectionEntry('recordOffsets'), true);
  return view.getUint32(sectionEntry('records'), true) + view.getUint32(offsets + glyph * 4, true);
}

function sectionEntry(name: (typeof SECTION_NAMES)[number]): number {
  return SECTION_TABLE_OFFSET + SECTION_NAMES.indexOf(name) * 8;
}

describe('writePack and readPack', () => {
  it('give back what was written', () => {
    const { meta, tables, ...columns } = readWhole(pack);
    const { tables: expectedTables, ...expected } = TINY_PACK_PARTS.glyphs;
    expect(columns).toEqual(expected);
    expect(new Map(tables)).toEqual(new Map(expectedTables));
    expect(meta).toMatchObject(TINY_PACK_PARTS.description);
  });

  it('put the finished files behind the core, where the description says', () => {
    const { coreBytes } = readPackExtent(pack);
    const contents = readPack(pack).meta.files.map(({ name, offset, length }) => [
      name,
      new TextDecoder().decode(pack.subarray(coreBytes + offset, coreBytes + offset + length)),
    ]);
    expect(contents).toEqual([
      ['base-0', 'first base'],
      ['base-0v', 'its vertical variant'],
      ['s/0123abcd/0', 'slice'],
    ]);
  });

  it('copy no glyph: all views are of the file’s own buffer, within the core', () => {
    const { meta: _, tables, ...columns } = readPack(pack);
    const { coreBytes } = readPackExtent(pack);
    for (const view of [...Object.values(columns), ...tables.values()]) {
      expect(view.buffer).toBe(pack.buffer);
      expect(view.byteOffset + view.byteLength).toBeLessThanOrEqual(coreBytes);
    }
  });

  it('work on the core alone, and at any multiple of 4 in a larger buffer', () => {
    const { coreBytes } = readPackExtent(pack);
    const larger = new Uint8Array(coreBytes + 12);
    larger.set(pack.subarray(0, coreBytes), 8);
    expect(readPack(larger.subarray(8, 8 + coreBytes)).codepoints).toEqual(readPack(pack).codepoints);
    expect(() => readPack(larger.subarray(7))).toThrow();
    const odd = new Uint8Array(coreBytes + 2);
    odd.set(pack.subarray(0, coreBytes), 2);
    expect(() => readPack(odd.subarray(2))).toThrow(RangeError);
  });

  it('state the SHA-256 of all that follows it', async () => {
    const stated = pack.subarray(DIGEST_OFFSET, DIGESTED_FROM);
    expect(Buffer.from(stated).equals(await sha256(pack.subarray(DIGESTED_FROM)))).toBe(true);
  });

  it('make the same bytes of the same parts', async () => {
    expect(Buffer.from(await writePack(TINY_PACK_PARTS, sha256)).equals(pack)).toBe(true);
  });

  it('find the description from the header alone', () => {
    const { offset, length } = locateMeta(pack.slice(0, HEADER_BYTES));
    const meta = JSON.parse(new TextDecoder().decode(pack.subarray(offset, offset + length)));
    expect(meta.face).toBe('tiny-u6e90-u30ce-u89d2-400');
  });
});

describe('a pack from outside', () => {
  it.each([
    ['nothing', () => new Uint8Array(0), 'ends after 0 bytes'],
    ['another file', () => new Uint8Array(1000), 'does not begin with TCPK'],
    ['another version', () => changed((view) => view.setUint32(4, 2, true)), 'version 2; ingest the font again'],
    [
      'a length over the limit',
      () => changed((view) => view.setUint32(FILE_LENGTH_OFFSET, MAX_PACK_BYTES + 1, true)),
      `${MAX_PACK_BYTES} is the limit`,
    ],
    [
      'a core longer than the file',
      () => changed((view) => view.setUint32(CORE_LENGTH_OFFSET, pack.length + 1, true)),
      'core is longer than the file',
    ],
    [
      'a core shorter than the header',
      () => changed((view) => view.setUint32(CORE_LENGTH_OFFSET, HEADER_BYTES - 1, true)),
      'shorter than the header',
    ],
    [
      'a section before the end of the header',
      () => changed((view) => view.setUint32(sectionEntry('records'), 4, true)),
      'section records is not within',
    ],
    [
      'a section at an odd place',
      () => changed((view) => view.setUint32(sectionEntry('glyphFlags'), HEADER_BYTES + 1, true)),
      'section glyphFlags is not within',
    ],
    [
      'a section of half an element',
      () => changed((view) => view.setUint32(sectionEntry('codepoints') + 4, 6, true)),
      'section codepoints is not within',
    ],
    [
      'a section whose end wraps',
      () => changed((view) => view.setUint32(sectionEntry('records') + 4, 0xfffffffc, true)),
      'section records is not within',
    ],
    [
      'columns of different lengths',
      () => changed((view) => view.setUint32(sectionEntry('plainBytes') + 4, 2, true)),
      'do not agree on the number of glyphs',
    ],
    ['a face that is none', () => describedAs({ face: 'Tiny' }), 'not right at face'],
    ['the face of another family', () => describedAs({ family: 'Other' }), 'Other 400 normal is not called tiny'],
    ['a family without letters', () => describedAs({ family: '☃' }), '☃ 400 normal is not called tiny'],
    ['a base that it does not hold', () => describedAs({ bases: twoBases }), 'a file base-1 that it does not hold'],
    ['a build that is none', () => describedAs({ build: 'tiny' }), 'not right at build'],
    ['a family with a quote in it', () => describedAs({ family: "T'" }), 'not right at family'],
    ['a family with an end of line in it', () => describedAs({ family: 'T\n' }), 'not right at family'],
    ['a range that is none', () => describedAs({ bases: [{ unicodeRange: 'U+4G', codepoints: 1 }] }), 'unicodeRange'],
    ['a plan of deltas with a stranger in it', () => planned('A+'), 'not right at plan.deltas'],
    ['a plan of deltas without end', () => planned('A_'.repeat(60_000)), 'not right at plan.deltas'],
    ['a plan of deltas that is spelled otherwise', () => planned('D7___'), 'plan of deltas cannot be read'],
    ['a plan of deltas of what it lacks', () => planned(encodeGaps([0x42])), 'codepoint 66, which it does not draw'],
    [
      'component records that are cut off',
      () => changed((view, bytes) => bytes.fill(0xff, recordOf(view, 3), recordOf(view, 3) + 2)),
      'component records of glyph 3 are cut off',
    ],
    [
      'a component that is not there',
      () => changed((view) => view.setUint16(recordOf(view, 3) + 2, 77)),
      'made of a glyph that is not there',
    ],
    ['half a file', () => pack.slice(0, pack.length >> 1), 'core should have'],
  ])('is refused: %s', async (_, make, reason) => {
    const bytes = await make();
    const refusal = refusalOf(() => readWhole(bytes));
    expect(refusal?.code).toBe('bad-pack');
    expect(refusal?.message).toContain(reason);
  });

  it('is refused wherever its core is cut off', () => {
    const { coreBytes } = readPackExtent(pack);
    for (let length = 0; length < coreBytes; length++) {
      expect([length, refusalOf(() => readWhole(pack.slice(0, length)))?.code]).toEqual([length, 'bad-pack']);
    }
  });

  it('is refused with bad-pack or is harmless, whichever bit of it is flipped', async () => {
    const bits = fc.array(fc.nat(pack.length * 8 - 1), { minLength: 1, maxLength: 3 });
    await fc.assert(fc.asyncProperty(fc.oneof(bits, headerBits(), columnBits()), expectRefusedOrHarmless), {
      numRuns: 1500,
    });
  });

  it('is refused with bad-pack or is harmless, whatever number its header is overwritten with', async () => {
    const numbers = fc.oneof(fc.nat(0xffffffff), fc.nat(2000), fc.constantFrom(0xffffffff, 0x7fffffff, 0x80000000));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 10, max: HEADER_BYTES / 4 - 1 }), numbers, async (word, value) => {
        await expectHarmless(changed((view) => view.setUint32(word * 4, value, true)));
      }),
      { numRuns: 500 },
    );
  });

  function headerBits() {
    return fc.array(fc.nat(HEADER_BYTES * 8 - 1), { minLength: 1, maxLength: 2 });
  }

  function columnBits() {
    const view = new DataView(pack.buffer);
    const [first, last] = ['codepoints', 'leftBearings'] as const;
    const [start, end] = [view.getUint32(sectionEntry(first), true), view.getUint32(sectionEntry(last), true)];
    return fc.array(fc.integer({ min: start * 8, max: end * 8 - 1 }), { minLength: 1, maxLength: 2 });
  }

  function expectRefusedOrHarmless(bits: readonly number[]): Promise<void> {
    const damaged = changed((_, bytes) => {
      for (const bit of bits) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    });
    return expectHarmless(damaged);
  }

  async function expectHarmless(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const refusal = refusalOf(() => readWhole(bytes));
    if (refusal !== undefined) {
      expect(refusal.code).toBe('bad-pack');
      return;
    }
    const face = readWhole(bytes);
    // What is drawn may be wrong, but assembling ends, and in proportion to the pack.
    const font = await assembleFont(face, codepointSetOf(face.codepoints), compressQuickly);
    expect(font.length).toBeLessThan(bytes.length * 2);
  }
});
