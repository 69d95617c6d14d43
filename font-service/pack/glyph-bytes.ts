import type { PackGlyphs } from './pack.ts';

/** Brotli leaves about this share of a glyph's record. */
const COMPRESSED_SHARE = 0.75;

/** Estimates the compressed bytes that a codepoint's glyph adds to a file. */
export function createGlyphBytes({
  codepoints,
  codepointGlyphs,
  recordOffsets,
}: Pick<PackGlyphs, 'codepoints' | 'codepointGlyphs' | 'recordOffsets'>): (codepoint: number) => number {
  const glyphOf = new Map(Array.from(codepoints, (codepoint, index) => [codepoint, codepointGlyphs[index] ?? 0]));
  return (codepoint) => {
    const glyph = glyphOf.get(codepoint) ?? 0;
    return ((recordOffsets[glyph + 1] ?? 0) - (recordOffsets[glyph] ?? 0)) * COMPRESSED_SHARE;
  };
}
