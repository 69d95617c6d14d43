import { createElement } from './create-element.ts';
import { formatBytes } from './format-figures.ts';
import { type FileSum, sumSizes, type Visit } from './visit.ts';
import type { ComparisonWords } from './words.ts';

/** What a page and the visit have needed; `missing` where the slices' sizes are not to be had. */
type Comparison = { readonly page: Visit; readonly visit: Visit } | 'missing';

/** Draws a comparison, replacing what it drew before. */
export type ComparisonView = (comparison: Comparison) => void;

/** Builds the comparison with Google's slices in an element: bars for the page and for the visit, and a button to clear. */
export function createComparisonView(root: Element, words: ComparisonWords, clear: () => void): ComparisonView {
  const bars = createElement('div', 'font-bars');
  const button = createElement('button', 'font-clear', words.clear);
  button.type = 'button';
  button.addEventListener('click', clear);
  const meaning = createElement('p', '', words.meaning);
  const title = createElement('h3', '', words.title);

  return (comparison) => {
    if (comparison === 'missing') return root.replaceChildren(title, createElement('p', '', words.missing));
    const { page, visit } = comparison;
    bars.replaceChildren(
      createScope(words.page, page, words),
      createScope(words.visit(visit.pages.length), visit, words),
    );
    if (!root.contains(bars)) root.replaceChildren(title, bars, meaning, button);
  };
}

function createScope(name: string, { typecase, google }: Visit, words: ComparisonWords): Element {
  const [ours, theirs] = [sumSizes(typecase), sumSizes(google)];
  const most = Math.max(ours.bytes, theirs.bytes, 1);
  return createElement(
    'div',
    'font-scope',
    createElement('div', 'font-scope-name', name, ' ', createElement('b', '', formatRatio(ours, theirs))),
    createElement(
      'dl',
      '',
      createBar('Typecase', 'bar-typecase', ours, most, words),
      createBar(words.google, 'bar-google', theirs, most, words),
    ),
  );
}

function formatRatio(ours: FileSum, theirs: FileSum): string {
  return theirs.bytes > 0 ? `${Math.round((ours.bytes / theirs.bytes) * 100)} %` : '';
}

function createBar(name: string, style: string, sum: FileSum, most: number, words: ComparisonWords): Element {
  const bar = createElement('span', `font-bar ${style}`);
  bar.style.inlineSize = `${(sum.bytes / most) * 100}%`;
  const figures = createElement('span', '', `${formatBytes(sum.bytes)}, ${words.countFiles(sum.files)}`);
  return createElement('div', '', createElement('dt', '', name), createElement('dd', '', figures, bar));
}
