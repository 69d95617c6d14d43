import * as fontkit from 'fontkit';
import subsetFont from 'subset-font';
import type { CodepointSet } from '../../font-service/codepoints/codepoint-set.ts';

/** What is judged of a codepoint's glyph: outline as an SVG path, advances in font units. */
type JudgedGlyph = { readonly path: string; readonly advanceWidth: number; readonly advanceHeight: number };

/** Reads a font file with fontkit, the independent reader. */
export function openWithFontkit(bytes: Uint8Array): fontkit.Font {
  return fontkit.create(Buffer.from(bytes)) as fontkit.Font;
}

/** HarfBuzz's own subset of the source, without layout closure. */
export async function subsetByHarfBuzz(source: Buffer, set: CodepointSet): Promise<fontkit.Font> {
  const options = { targetFormat: 'truetype', noLayoutClosure: true } as const;
  return openWithFontkit(await subsetFont(source, String.fromCodePoint(...set), options));
}

/** The codepoints of a set whose glyphs differ between two fonts, or that one of them lacks. */
export function differingCodepoints(a: fontkit.Font, b: fontkit.Font, set: CodepointSet): readonly number[] {
  return Array.from(set).filter((codepoint) => {
    const [left, right] = [judge(a, codepoint), judge(b, codepoint)];
    return (
      left.path !== right.path || left.advanceWidth !== right.advanceWidth || left.advanceHeight !== right.advanceHeight
    );
  });
}

function judge(font: fontkit.Font, codepoint: number): JudgedGlyph {
  if (!font.hasGlyphForCodePoint(codepoint)) return { path: 'none', advanceWidth: -1, advanceHeight: -1 };
  const glyph = font.glyphForCodePoint(codepoint);
  return { path: glyph.path.toSVG(), advanceWidth: glyph.advanceWidth, advanceHeight: advanceHeightOf(glyph) };
}

/** fontkit's types leave the vertical advance out. */
function advanceHeightOf(glyph: fontkit.Glyph): number {
  return 'advanceHeight' in glyph && typeof glyph.advanceHeight === 'number' ? glyph.advanceHeight : 0;
}
