import { convert } from 'fontverter';
import { beforeAll, describe, expect, it } from 'vitest';
import { MAX_FONT_BYTES, openFont } from '../../../../font-service/pack/ingest/open-font.ts';
import { collectFace } from '../../../support/open-face.ts';
import { patchFont, patchUint16 } from '../../../support/patch-font.ts';
import { refusalOfAsync } from '../../../support/refusal-of.ts';
import { makeSmallFont } from '../../../support/small-font.ts';

const FS_TYPE_OFFSET = 8;

let font: Uint8Array<ArrayBuffer>;
let woff2: Uint8Array<ArrayBuffer>;
beforeAll(async () => {
  font = await makeSmallFont('ABCかな、。一二三');
  woff2 = new Uint8Array(await convert(Buffer.from(font), 'woff2'));
});

function signed(signature: string, rest = 1000): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(rest);
  bytes.set([...signature].map((character) => character.charCodeAt(0)));
  return bytes;
}

/** The WOFF2 file with numbers of its header replaced. */
function lying(fields: readonly (readonly [number, number])[]): Uint8Array<ArrayBuffer> {
  const file = woff2.slice();
  for (const [offset, value] of fields) new DataView(file.buffer).setUint32(offset, value);
  return file;
}

const without = (tag: string) => patchFont(font, (tables) => tables.delete(tag));
const withTable = (tag: string) => patchFont(font, (tables) => tables.set(tag, new Uint8Array(16)));

describe('ingest refuses', () => {
  it.each([
    ['an empty file', () => new Uint8Array(0), 'out-of-bounds', 'the font file ends at byte 0'],
    ['three bytes', () => new Uint8Array(3), 'out-of-bounds', 'the font file ends at byte 3'],
    ['garbage', () => signed('<!DOCTYPE html>'), 'bad-font', 'begins like no TTF, OTF or WOFF2 font'],
    ['CFF outlines', () => signed('OTTO'), 'unservable-font', 'its outlines are CFF; a build with glyf outlines'],
    ['CFF outlines in a WOFF2', () => signed('wOF2OTTO'), 'unservable-font', 'its outlines are CFF'],
    ['a CFF table beside glyf', () => withTable('CFF '), 'unservable-font', 'its outlines are CFF'],
    ['a CFF2 table beside glyf', () => withTable('CFF2'), 'unservable-font', 'its outlines are CFF'],
    ['a collection', () => signed('ttcf'), 'unservable-font', 'is a collection; extract the one font'],
    ['a collection in a WOFF2', () => signed('wOF2ttcf'), 'unservable-font', 'is a collection'],
    ['WOFF 1', () => signed('wOFF'), 'unservable-font', 'is WOFF 1; give the TTF or WOFF2 file'],
    ['a WOFF2 of nothing known', () => signed('wOF2abcd'), 'bad-font', 'begins like no TTF, OTF or WOFF2 font'],
    ['a font without glyf', () => without('glyf'), 'unservable-font', 'it has no glyf outlines'],
    [
      'a file over the limit',
      () => new Uint8Array(MAX_FONT_BYTES + 1),
      'unservable-font',
      `${MAX_FONT_BYTES} is the limit`,
    ],
    [
      'a WOFF2 that says it unpacks to more than the limit',
      () => lying([[16, MAX_FONT_BYTES + 1]]),
      'unservable-font',
      `unpacks to ${MAX_FONT_BYTES + 1} bytes`,
    ],
    ['a WOFF2 that is longer than it says', () => lying([[8, woff2.length - 4]]), 'bad-font', 'its header says'],
    ['a WOFF2 cut off', () => woff2.slice(0, -40), 'bad-font', 'its header says'],
    [
      'a font that forbids embedding',
      () => patchUint16(font, 'OS/2', FS_TYPE_OFFSET, 0x0002),
      'unservable-font',
      'restricts it from being embedded',
    ],
    [
      'a font that forbids subsetting',
      () => patchUint16(font, 'OS/2', FS_TYPE_OFFSET, 0x0100),
      'unservable-font',
      'forbids subsetting (fsType bit 8)',
    ],
    [
      'a font that allows preview and print, and forbids subsetting',
      () => patchUint16(font, 'OS/2', FS_TYPE_OFFSET, 0x0104),
      'unservable-font',
      'forbids subsetting',
    ],
    [
      'a font that allows bitmaps only',
      () => patchUint16(font, 'OS/2', FS_TYPE_OFFSET, 0x0200),
      'unservable-font',
      'allows bitmaps only',
    ],
  ])('%s, and says why', async (_, make, code, reason) => {
    const file = make();
    const refusal = await refusalOfAsync(() => collectFace(file));
    expect(refusal?.code).toBe(code);
    expect(refusal?.message).toContain(reason);
  });

  it.each(['head', 'hhea', 'hmtx', 'maxp', 'loca', 'cmap', 'OS/2', 'post'])('a font without %s', async (tag) => {
    const refusal = await refusalOfAsync(() => collectFace(without(tag)));
    expect(refusal?.code).toBe('bad-font');
    expect(refusal?.message).toBe(`The font has no ${tag} table.`);
  });

  it('a font cut off at any length', async () => {
    for (let length = 0; length < font.length; length += Math.ceil(font.length / 60)) {
      const refusal = await refusalOfAsync(() => collectFace(font.slice(0, length)));
      expect([length, refusal?.code]).toEqual([length, 'out-of-bounds']);
    }
  });

  it('a WOFF2 whose sizes lie, without unpacking more than it says', async () => {
    const lies = [
      lying([[20, 0xffffffff]]),
      lying([[20, 1]]),
      lying([[16, 12]]),
      lying([[12, 0xffff0000]]),
      lying([[28, 0xffffffff]]),
    ];
    for (const [index, file] of lies.entries()) {
      const before = performance.now();
      const refusal = await refusalOfAsync(() => collectFace(file));
      expect([index, performance.now() - before < 2000]).toEqual([index, true]);
      // A total that is too small is a hint alone to Google's decoder; all others make a file that cannot be.
      if (index !== 2) expect([index, refusal?.code]).toEqual([index, 'bad-font']);
    }
  });

  it('no font that allows installing, editing or previewing it', async () => {
    for (const fsType of [0x0000, 0x0004, 0x0008, 0x000c, 0x0006]) {
      expect(
        await refusalOfAsync(() => collectFace(patchUint16(font, 'OS/2', FS_TYPE_OFFSET, fsType))),
      ).toBeUndefined();
    }
  });

  it('no font of Apple’s flavour', async () => {
    const apple = font.slice();
    apple.set([0x74, 0x72, 0x75, 0x65]);
    expect(await refusalOfAsync(() => openFont(apple))).toBeUndefined();
  });
});
