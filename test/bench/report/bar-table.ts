import { type BarParts, drawBar } from './draw-bar.ts';
import { type Html, html } from './html.ts';
import type { DeliveryKind } from './words.ts';

/** A row of a bar table. */
export type Bar = {
  readonly name: string;
  /** Stands small behind the name. */
  readonly note?: string;
  readonly kind: DeliveryKind;
  readonly parts: BarParts;
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
  return html`<tr class="${bar.kind}"><th scope="row">${bar.name}${note}</th><td class="measure"><div>${drawBar(bar.parts, scale)}<span>${bar.value}</span></div></td>${cells}</tr>
`;
}
