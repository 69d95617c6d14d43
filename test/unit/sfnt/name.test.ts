import fc from 'fast-check';
import * as fontkit from 'fontkit';
import { describe, expect, it } from 'vitest';
import { NAME_IDS, writeNameTable } from '../../../font-service/sfnt/name.ts';
import { writeSfnt } from '../../../font-service/sfnt/table-directory.ts';
import { refusalOf } from '../../support/refusal-of.ts';
import { tinyFontTables } from '../../support/tiny-font.ts';

function readNames(table: Uint8Array<ArrayBuffer>): fontkit.Font {
  const tables = tinyFontTables({ glyphs: [new Uint8Array(0)], cmap: new Map() });
  return fontkit.create(Buffer.from(writeSfnt(new Map([...tables, ['name', table]])))) as fontkit.Font;
}

describe('writeNameTable', () => {
  it('writes names that fontkit reads', () => {
    const font = readNames(
      writeNameTable([
        [NAME_IDS.copyright, '© 2014 源ノ角'],
        [NAME_IDS.family, 'Typecase'],
        [NAME_IDS.subfamily, 'Regular'],
        [NAME_IDS.licenceUrl, 'https://openfontlicense.org'],
      ]),
    );
    expect([font.copyright, font.familyName, font.subfamilyName]).toEqual(['© 2014 源ノ角', 'Typecase', 'Regular']);
    expect(font.getName('licenseURL', 'en')).toBe('https://openfontlicense.org');
  });

  it('leaves empty texts out', () => {
    const table = writeNameTable([
      [NAME_IDS.copyright, ''],
      [NAME_IDS.family, 'A'],
    ]);
    expect(new DataView(table.buffer, table.byteOffset).getUint16(2)).toBe(1);
  });

  it('stores a text that several names share once', () => {
    const once = writeNameTable([[NAME_IDS.family, 'Typecase']]);
    const twice = writeNameTable([
      [NAME_IDS.family, 'Typecase'],
      [NAME_IDS.fullName, 'Typecase'],
    ]);
    expect(twice.length - once.length).toBe(12);
    expect(readNames(twice).fullName).toBe('Typecase');
  });

  it('refuses texts that its offsets do not reach', () => {
    const refusal = refusalOf(() =>
      writeNameTable([
        [NAME_IDS.copyright, 'a'.repeat(20_000)],
        [NAME_IDS.licence, 'b'.repeat(20_000)],
      ]),
    );
    expect(refusal).toMatchObject({ code: 'unservable-font', message: expect.stringContaining('80000 bytes') });
  });

  it('keeps every text, also beyond the plane', () => {
    const texts = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), {
      minLength: 3,
      maxLength: 3,
    });
    fc.assert(
      fc.property(texts, ([family = '', subfamily = '', version = '']) => {
        const font = readNames(
          writeNameTable([
            [NAME_IDS.family, family],
            [NAME_IDS.subfamily, subfamily],
            [NAME_IDS.version, version],
          ]),
        );
        expect([font.familyName, font.subfamilyName, font.version]).toEqual([family, subfamily, version]);
      }),
    );
  });
});
