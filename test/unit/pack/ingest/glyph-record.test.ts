import { describe, expect, it } from 'vitest';
import { glyphRecordOf } from '../../../../font-service/pack/ingest/glyph-record.ts';
import { ByteWriter } from '../../../../font-service/sfnt/byte-writer.ts';
import {
  describeCompositeGlyph,
  describeSimpleGlyph,
  type Point,
  squareAt,
} from '../../../support/glyph-descriptions.ts';
import { refusalOf } from '../../../support/refusal-of.ts';

const same = (glyph: number) => glyph;

/** Points that all lie on the origin, in as few bytes as a description can say it. */
function describeManyPoints(count: number): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter().uint16s([1, 0, 0, 0, 0, count - 1, 0]);
  for (let left = count; left > 0; left -= 256) out.uint8(0x39).uint8(Math.min(left, 256) - 1);
  return out.bytes().slice();
}

describe('glyphRecordOf', () => {
  it.each([
    ['nothing', new Uint8Array(0)],
    ['no contours', describeSimpleGlyph({ contours: [] })],
  ])('makes an empty record of %s', (_, description) => {
    expect(glyphRecordOf(description, same)).toMatchObject({
      contourCount: 0,
      plainBytes: 0,
      bytes: new Uint8Array(0),
    });
  });

  it('counts the bytes of its parts', () => {
    const record = glyphRecordOf(describeSimpleGlyph({ contours: [squareAt(0, 0, 100), squareAt(7, 7, 7)] }), same);
    expect(record).toMatchObject({ contourCount: 2, pointCountBytes: 2, flagBytes: 8, flags: 0 });
  });

  it('states a box only where it differs from that of the points', () => {
    const contours = [squareAt(0, 0, 100)];
    const [plain, boxed] = [{ contours }, { contours, box: [0, 0, 100, 101] as const }].map((parts) =>
      glyphRecordOf(describeSimpleGlyph(parts), same),
    );
    expect([plain?.flags, boxed?.flags, (boxed?.bytes.length ?? 0) - (plain?.bytes.length ?? 0)]).toEqual([0, 1, 8]);
    expect([...(boxed?.bytes.subarray(-8) ?? [])]).toEqual([0, 0, 0, 0, 0, 100, 0, 101]);
  });

  it('spells the number of points in each of its four forms', () => {
    const bytesFor = (count: number) => glyphRecordOf(describeManyPoints(count), same).pointCountBytes;
    expect([252, 253, 505, 506, 761, 762].map(bytesFor)).toEqual([1, 2, 2, 2, 2, 3]);
  });

  it('renumbers the components of a composite', () => {
    const description = describeCompositeGlyph([{ glyph: 9, dx: 1, dy: 1 }], [0, 0, 1, 1]);
    expect([...glyphRecordOf(description, (glyph) => glyph + 0x100).bytes.subarray(2, 4)]).toEqual([1, 9]);
  });

  it('refuses a glyph whose sizes do not fit the columns of a pack', () => {
    const points: readonly Point[] = Array.from({ length: 15_000 }, (_, index) => ({ x: index % 7, y: index % 5 }));
    const long = describeSimpleGlyph({ contours: [points] });
    expect(long.length).toBeGreaterThan(0xffff);
    for (const description of [long, describeManyPoints(0x10000)]) {
      const refusal = refusalOf(() => glyphRecordOf(description, same));
      expect(refusal).toMatchObject({ code: 'unservable-font', message: expect.stringContaining('65,535 bytes') });
    }
    expect(glyphRecordOf(describeManyPoints(0xffff), same).flagBytes).toBe(0xffff);
  });
});
