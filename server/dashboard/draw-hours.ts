import { html } from 'hono/html';
import type { UsageFigures } from '../stats.ts';
import { formatCount } from './format-figures.ts';

/** Requests by hour and kind. */
export type Hours = UsageFigures['hours'];

const KINDS = ['delta', 'slice', 'base'] as const;
const BAR = 10;
const GAP = 3;
const HEIGHT = 120;

/** Adds the hours of several faces. */
export function addHours(all: readonly Hours[]): Hours {
  const length = Math.max(0, ...all.map((hours) => hours.length));
  return Array.from({ length }, (_, hour) => {
    const sum = (kind: (typeof KINDS)[number]) => all.reduce((total, hours) => total + (hours[hour]?.[kind] ?? 0), 0);
    return { base: sum('base'), slice: sum('slice'), delta: sum('delta') };
  });
}

const totalOf = ({ base, slice, delta }: Hours[number]) => base + slice + delta;

/** The most requests of one hour. */
export function mostOf(hours: Hours): number {
  return Math.max(0, ...hours.map(totalOf));
}

/** Draws requests by hour as stacked bars; the last is the current hour. */
export function drawHours(hours: Hours) {
  const most = Math.max(1, mostOf(hours));
  const bars = hours.flatMap((hour, index) => {
    let top = HEIGHT;
    return KINDS.map((kind) => {
      const height = (hour[kind] / most) * HEIGHT;
      top -= height;
      return height > 0
        ? html`<rect class="${kind}" x="${index * (BAR + GAP)}" y="${top.toFixed(1)}" width="${BAR}" height="${height.toFixed(1)}"/>`
        : '';
    });
  });
  const width = hours.length * (BAR + GAP) - GAP;
  const total = hours.reduce((sum, hour) => sum + totalOf(hour), 0);
  return html`<svg class="hours" viewBox="0 0 ${width} ${HEIGHT + 2}" preserveAspectRatio="none" role="img" aria-label="${formatCount(total)} requests in ${hours.length} hours, ${formatCount(mostOf(hours))} at most in one">
${hours.map((_, index) => html`<rect class="rule" x="${index * (BAR + GAP)}" y="${HEIGHT}" width="${BAR}" height="2"/>`)}${bars}</svg>`;
}
