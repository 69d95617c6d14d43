import { type Html, html } from './html.ts';
import { niceTicks } from './nice-ticks.ts';
import type { DeliveryKind } from './words.ts';

/** A line of a chart: `x` ascending. */
export type Line = {
  readonly name: string;
  readonly kind: DeliveryKind;
  /** 0 to 3: the pattern of dashes, so that lines of a kind differ by more than colour. */
  readonly dash: number;
  readonly points: readonly { readonly x: number; readonly y: number }[];
};

type LineChart = {
  /** What the chart shows, for those who do not see it. */
  readonly alternative: string;
  readonly xLabel: string;
  readonly xTicks: readonly number[];
  readonly formatX: (x: number) => string;
  readonly formatY: (y: number) => string;
  readonly lines: readonly Line[];
};

/** Names at lines' ends keep this distance, in per cent of the chart's height. */
const NAME_DISTANCE = 7.5;

/**
 * A chart of lines, named at their ends. Only lines are SVG, stretched to the width there is; words are text of the page
 * beside it, so that they keep their size.
 */
export function formatLineChart({ alternative, xLabel, xTicks, formatX, formatY, lines }: LineChart): Html {
  const xs = lines.flatMap(({ points }) => points.map(({ x }) => x));
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const yTicks = niceTicks(Math.max(...lines.flatMap(({ points }) => points.map(({ y }) => y))));
  const top = yTicks.at(-1) ?? 1;
  const xOf = (x: number) => ((x - left) / (right - left || 1)) * 100;
  const yOf = (y: number) => 100 - (y / top) * 100;
  const pathOf = ({ points }: Line) => points.map(({ x, y }) => `${xOf(x).toFixed(2)},${yOf(y).toFixed(2)}`).join(' ');
  return html`<div class="chart" role="img" aria-label="${alternative}">
<div class="plot" aria-hidden="true">
<svg viewBox="0 0 100 100" preserveAspectRatio="none">${yTicks.map((y) => html`<line class="grid" x1="0" x2="100" y1="${yOf(y)}" y2="${yOf(y)}" />`)}${lines.map((line) => html`<polyline class="${line.kind} dash-${line.dash}" points="${pathOf(line)}" />`)}</svg>
${yTicks.map((y) => html`<span class="y" style="top:${yOf(y)}%">${formatY(y)}</span>`)}
${xTicks.map((x) => html`<span class="x" style="left:${xOf(x).toFixed(2)}%">${formatX(x)}</span>`)}
</div>
<p class="x-label" aria-hidden="true">${xLabel}</p>
<ul class="names" aria-hidden="true">
${placeNames(lines, yOf).map(({ line, top: place }) => html`<li class="${line.kind}" style="top:${place.toFixed(2)}%"><svg width="22" height="8"><line class="${line.kind} dash-${line.dash}" x1="0" x2="22" y1="4" y2="4" /></svg>${line.name}</li>`)}
</ul>
</div>
`;
}

/** Puts names beside their lines' ends, from the highest line down, and apart where ends are near to each other. */
function placeNames(lines: readonly Line[], yOf: (y: number) => number): readonly { line: Line; top: number }[] {
  const ends = lines.map((line) => ({ line, top: yOf(line.points.at(-1)?.y ?? 0) })).sort((a, b) => a.top - b.top);
  const fromBelow = [...ends].reverse();
  for (const [index, end] of fromBelow.entries()) {
    const below = fromBelow[index - 1];
    end.top = below === undefined ? Math.min(end.top, 98) : Math.min(end.top, below.top - NAME_DISTANCE);
  }
  return ends;
}
