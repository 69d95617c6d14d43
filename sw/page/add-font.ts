import type { SentFont } from '../fonts/protocol.ts';
import { type Face, takeParts } from './face.ts';
import { type Part, partsOf } from './parts.ts';
import { type FontReport, tell, typecase } from './progress.ts';

/** A font, from wherever; `bytes` is undefined where only the browser can load it, by its URL. */
export type BroughtFont = Omit<SentFont, 'bytes'> & { readonly bytes: ArrayBuffer | undefined };

/** What the names of font files end with in URLs. */
export const SUFFIX = '.woff2';
/** Until when, in ms from the ask, a font may change text that has been drawn already. */
const SWAP_PERIODS_MS: Readonly<Partial<Record<FontDisplay, number>>> = { optional: 100, fallback: 3100 };

/**
 * Adds a font that has something of what the page lacks, and takes that from `lack`.
 *
 * The browser has loaded it before it is added, so that text never disappears. What comes too late for its `font-display`
 * stays out, for the next page to find it stored. Resolves to whether the browser takes the font.
 */
export async function addFont(
  owner: Face,
  lack: Set<Part>,
  startMs: number,
  from: FontReport['from'],
  font: BroughtFont,
): Promise<boolean> {
  try {
    const { file, codepoints, bytes, isStored } = font;
    const parts = partsOf(font);
    if (!parts.some((part) => lack.has(part))) return false;
    const url = owner.folder + file + SUFFIX;
    const ranges = Array.from(codepoints, (codepoint) => `U+${codepoint.toString(16)}`);
    const unicodeRange = ranges.join() || `${owner.bases[Number(/\d+/.exec(file))]}`;
    const { family, face, display } = owner;
    const loading = new FontFace(family, bytes ?? `url(${url})`, { ...owner, unicodeRange });
    await loading.load();
    takeParts(owner, lack, parts);
    const milliseconds = performance.now() - startMs;
    // No number is more than what is undefined.
    if (milliseconds > (SWAP_PERIODS_MS[display] as number)) return true;
    document.fonts.add(loading);
    const sizes = { bytes: bytes?.byteLength ?? 0, codepoints: codepoints.length };
    const report = { face, file, url, from, isStored, milliseconds, ...sizes };
    typecase.fonts.push(report);
    tell('font', report);
    return true;
  } catch {
    return false;
  }
}
