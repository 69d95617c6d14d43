import { type Html, html } from './html.ts';

type ScrollTable = {
  readonly caption: string;
  /** The columns' heads; `words` of columns that hold words rather than figures. */
  readonly heads: readonly (string | { readonly words: string })[];
  /** Whole rows, `<tr>` and all. */
  readonly rows: readonly Html[];
  /** A further class of the table. */
  readonly look?: 'costs';
};

/** A table of figures that scrolls by itself where the page is too narrow for it, by keyboard as well. */
export function formatScrollTable({ caption, heads, rows, look }: ScrollTable): Html {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${caption}"><table class="figures ${look}">
<caption>${caption}</caption>
<thead><tr>${heads.map(formatHead)}</tr></thead>
<tbody>
${rows}</tbody>
</table></div>
`;
}

function formatHead(head: ScrollTable['heads'][number]): Html {
  if (typeof head === 'string') return html`<th scope="col">${head}</th>`;
  return html`<th scope="col" class="words">${head.words}</th>`;
}
