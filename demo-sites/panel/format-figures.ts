import type { FontTotals } from './font-files.ts';
import type { FontPart } from './font-url.ts';
import type { PanelWords } from './words.ts';

const kilobytes = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** What figures are made of, whichever they are. */
export const figureSpecimen = '0123456789., kB ms % …';

/** What the names of parts are made of: deltas are named by the start of their set, which is base64url. */
export const nameSpecimen = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_~';

/** Spells bytes in units of 1,000 bytes with one digit after the point. */
export function formatBytes(bytes: number): string {
  return `${kilobytes.format(bytes / 1000)} kB`;
}

/** Spells a duration in whole milliseconds. */
export function formatDuration(durationMs: number): string {
  return `${Math.round(durationMs)} ms`;
}

/** Spells a part of a face: `base 0`, `base 1, vertical`, `slice 12`; a delta by the start of its set. */
export function formatPart(part: FontPart, words: PanelWords): string {
  const name = words.parts[part.kind];
  if (part.kind === 'delta') return `${name} ${part.set.length > 8 ? `${part.set.slice(0, 8)}…` : part.set}`;
  return part.kind === 'base' && part.isVertical ? `${name} ${part.index} ${words.vertical}` : `${name} ${part.index}`;
}

/** Spells what went over the network: as a lower bound where some files do not tell, and not at all where none does. */
export function formatTransfer({ files, transferBytes, untold }: FontTotals, words: PanelWords): string {
  if (untold > 0 && untold === files) return words.answers.hidden;
  return untold > 0 ? words.atLeast(formatBytes(transferBytes)) : formatBytes(transferBytes);
}
