import { type Html, html } from './html.ts';
import type { DeliveryKind } from './words.ts';

/** A row of a bar table. */
export type Bar = {
  readonly name: string;
  /** Stands small behind the name. */
  readonly note?: string;
  readonly kind: DeliveryKind;
  /** The lengths of the bar's parts, in the scale's unit; the first is full, the second lighter. */
  readonly parts: readonly [number, number?];
  /** What stands at the bar's end. */
  readonly value: string;
  /** Further cells of the row. */
  readonly cells?: readonly string[];
};

type BarTable = {
  readonly caption: string;
  /** The columns' heads: rows' names, bars, then one for each further cell. */
  readonly heads: readonly [string, string, ...string[]];
  readonly bars: readonly Bar[];
  /** The length of a bar that fills its column; what is longer is drawn torn off. */
  readonly scale: number;
};

/** A table whose figures are drawn as bars beside them: chart and data in one. */
export function formatBarTable({ caption, heads, bars, scale }: BarTable): Html {
  return html`<table class="bars">
<caption>${caption}</caption>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>
${bars.map((bar) => formatRow(bar, scale))}</tbody>
</table>
`;
}

function formatRow(bar: Bar, scale: number): Html {
  const note = bar.note ? html` <small>${bar.note}</small>` : undefined;
  const cells = bar.cells?.map((cell) => html`<td>${cell}</td>`);
  return html`<tr class="${bar.kind}"><th scope="row">${bar.name}${note}</th><td class="measure"><div>${drawBar(bar, scale)}<span>${bar.value}</span></div></td>${cells}</tr>
`;
}

/** Percentages in place of a view box, so that bars stretch and nothing else does. */
function drawBar({ parts: [full, light = 0] }: Bar, scale: number): Html {
  const length = full + light;
  const share = Math.min(1, length / scale);
  const fullPercent = length === 0 ? 0 : (full / length) * 100;
  const tear = length > scale && html`<svg x="86%" width="9" height="14"><path d="M1 15 8 -1" /></svg>`;
  return html`<svg class="bar" style="--share:${share.toFixed(4)}" height="14" aria-hidden="true"><rect class="full" width="${fullPercent.toFixed(2)}%" height="14" /><rect class="light" x="${fullPercent.toFixed(2)}%" width="${(100 - fullPercent).toFixed(2)}%" height="14" />${tear}</svg>`;
}
