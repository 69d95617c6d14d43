import { type Html, html } from './html.ts';

type ScrollTable = {
  readonly caption: string;
  readonly heads: readonly string[];
  /** Whole rows, `<tr>` and all. */
  readonly rows: readonly Html[];
  /** A further class of the table. */
  readonly look?: 'costs';
};

/** A table of figures that scrolls by itself where the page is too narrow for it, by keyboard as well. */
export function formatScrollTable({ caption, heads, rows, look }: ScrollTable): Html {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${caption}"><table class="figures ${look}">
<caption>${caption}</caption>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>
${rows}</tbody>
</table></div>
`;
}
