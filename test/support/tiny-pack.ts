import { createHash } from 'node:crypto';
import { codepointSetOf } from '../../font-service/codepoints/codepoint-set.ts';
import { faceIdOf, parseBuildId, parsePlanId } from '../../font-service/identifiers.ts';
import { collectGlyphs } from '../../font-service/pack/ingest/collect-glyphs.ts';
import { type PackParts, writePack } from '../../font-service/pack/write-pack.ts';
import { formatDeltaPlan } from '../../font-service/plan/delta-plan.ts';
import { describeCompositeGlyph, describeSimpleGlyph, squareAt } from './glyph-descriptions.ts';
import { metricsHeader, tinyFontTables } from './tiny-font.ts';

const CMAP = new Map([
  [0x41, 1],
  [0x4e00, 2],
  [0x4e8c, 1],
  [0x20bb7, 3],
]);

const GLYPHS = [
  new Uint8Array(0),
  describeSimpleGlyph({ contours: [squareAt(0, 0, 100)], hasOverlap: true }),
  describeSimpleGlyph({ contours: [squareAt(9, 9, 900), squareAt(100, 100, 500)], box: [-1, -1, 1, 1] }),
  describeCompositeGlyph(
    [
      { glyph: 1, dx: 5, dy: 5 },
      { glyph: 4, dx: 300, dy: 5, transform: [0.5] },
    ],
    [0, 0, 400, 400],
  ),
  describeSimpleGlyph({ contours: [squareAt(7, 7, 70)] }),
];

const VMTX = Uint8Array.from(GLYPHS.flatMap(() => [3, 232, 0, 50]));

/** A pack of four codepoints, with a composite glyph, boxes, marks of overlap and vertical metrics. */
export const TINY_PACK_PARTS: PackParts = {
  description: {
    face: faceIdOf('Tiny 源ノ角', 400, 'normal'),
    build: parseBuildId('0123456789'),
    family: 'Tiny 源ノ角',
    style: 'normal',
    weight: 400,
    language: 'ja',
    axes: [{ tag: 'wght', min: 100, max: 900 }],
    coverage: CMAP.size,
    notices: { copyright: '© 2026', licence: 'OFL', licenceUrl: 'https://openfontlicense.org', version: '1' },
    bases: [{ unicodeRange: 'U+41', codepoints: 1 }],
    plan: {
      id: parsePlanId('0123abcd'),
      slices: [{ unicodeRange: 'U+4E00-4E8C,U+20BB7', codepoints: 3 }],
      deltas: formatDeltaPlan({ tiers: [codepointSetOf([0x4e00]), codepointSetOf([0x4e8c, 0x20bb7])] }),
    },
  },
  glyphs: collectGlyphs(
    tinyFontTables({
      glyphs: GLYPHS,
      cmap: CMAP,
      extraTables: new Map([
        ['vhea', metricsHeader(GLYPHS.length)],
        ['vmtx', VMTX],
      ]),
    }),
    codepointSetOf(CMAP.keys()),
    (codepoint) => CMAP.get(codepoint) ?? 0,
  ),
  files: [
    { name: 'base-0', bytes: new TextEncoder().encode('first base') },
    { name: 'base-0v', bytes: new TextEncoder().encode('its vertical variant') },
    { name: 's/0123abcd/0', bytes: new TextEncoder().encode('slice') },
  ],
};

/** Writes the pack of {@link TINY_PACK_PARTS}. */
export function makeTinyPack(): Promise<Uint8Array<ArrayBuffer>> {
  return writePack(TINY_PACK_PARTS, async (bytes) => createHash('sha256').update(bytes).digest());
}
