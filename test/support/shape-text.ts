import { Blob, Direction, Face, Feature, Font, Buffer as ShapeBuffer, shape } from 'harfbuzzjs';
import { unpackFont } from './unpack-font.ts';

/** How to shape. */
export type ShapeOptions = {
  readonly direction: 'ltr' | 'ttb';
  readonly language: string;
  /** Features to turn on besides HarfBuzz's own. */
  readonly features?: readonly string[];
};

/** A glyph as it is set: its outline and where it stands, in font units; glyph ids differ between fonts. */
export type ShapedGlyph = {
  readonly path: string;
  readonly cluster: number;
  readonly advance: readonly [x: number, y: number];
  readonly offset: readonly [x: number, y: number];
};

/** Opens a TrueType or WOFF2 font for shaping with HarfBuzz. */
export async function openForShaping(
  file: Uint8Array,
): Promise<(text: string, options: ShapeOptions) => readonly ShapedGlyph[]> {
  const plain = await unpackFont(file);
  const font = new Font(new Face(new Blob(plain)));
  return (text, { direction, language, features = [] }) => {
    const buffer = new ShapeBuffer();
    buffer.addText(text);
    buffer.guessSegmentProperties();
    buffer.setDirection(direction === 'ltr' ? Direction.LTR : Direction.TTB);
    buffer.setLanguage(language);
    shape(
      font,
      buffer,
      features.map((tag) => new Feature(tag)),
    );
    return buffer.getGlyphInfosAndPositions().map(({ codepoint, cluster, ...at }) => ({
      path: font.glyphToPath(codepoint),
      cluster,
      advance: [at.xAdvance ?? 0, at.yAdvance ?? 0],
      offset: [at.xOffset ?? 0, at.yOffset ?? 0],
    }));
  };
}
