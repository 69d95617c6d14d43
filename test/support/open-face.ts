import { collectGlyphs } from '../../font-service/pack/ingest/collect-glyphs.ts';
import { inspectFont } from '../../font-service/pack/ingest/inspect-font.ts';
import { openFont } from '../../font-service/pack/ingest/open-font.ts';
import type { PackGlyphs } from '../../font-service/pack/pack.ts';
import { parseTableDirectory } from '../../font-service/sfnt/table-directory.ts';

/** Collects the glyphs of a font file as ingest does, without cutting bases and slices. */
export async function collectFace(file: Uint8Array<ArrayBuffer>): Promise<PackGlyphs> {
  const font = await openFont(file);
  const { coverage, glyphOf } = inspectFont(font);
  return collectGlyphs(parseTableDirectory(font), coverage, glyphOf);
}
