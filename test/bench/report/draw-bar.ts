import { type Html, html } from './html.ts';

/** The lengths of a bar's parts, in the scale's unit; the first is full, the second lighter. */
export type BarParts = readonly [full: number, light?: number];

/**
 * Draws a bar, torn off where it is longer than the scale. Percentages stand in place of a view box, so that bars stretch
 * and nothing else does.
 */
export function drawBar([full, light = 0]: BarParts, scale: number): Html {
  const length = full + light;
  const share = Math.min(1, length / scale);
  const fullPercent = length === 0 ? 0 : (full / length) * 100;
  const tear = length > scale && html`<svg x="86%" width="9" height="14"><path d="M1 15 8 -1" /></svg>`;
  return html`<svg class="bar" style="--share:${share.toFixed(4)}" height="14" aria-hidden="true"><rect class="full" width="${fullPercent.toFixed(2)}%" height="14" /><rect class="light" x="${fullPercent.toFixed(2)}%" width="${(100 - fullPercent).toFixed(2)}%" height="14" />${tear}</svg>`;
}
