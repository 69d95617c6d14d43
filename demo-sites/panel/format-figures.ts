import type { FontPart } from './font-files.ts';
import type { PanelWords } from './words.ts';

const kilobytes = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

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
