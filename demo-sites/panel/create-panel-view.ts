import { createElement } from './create-element.ts';
import { createFaceTable } from './create-face-table.ts';
import { type FontFile, fontAnswers, groupByFace, sumFontFiles } from './font-files.ts';
import { formatBytes, formatTransfer } from './format-figures.ts';
import type { PanelMode } from './panel-mode.ts';
import type { PanelWords } from './words.ts';

/** What the panel shows; `characters` is undefined until the page's text has been read. */
type PanelState = {
  readonly mode: PanelMode;
  readonly files: readonly FontFile[];
  readonly characters: number | undefined;
};

/** With more files than these, the list of them is opened by whoever wants to read it. */
const MOST_LISTED = 16;

/** Draws a state, replacing what it drew before. */
export type PanelView = (state: PanelState) => void;

/**
 * Builds the panel's parts in an element: the mode, the totals, the stick with one sort a file, what is put in `between`,
 * and a table for each face.
 */
export function createPanelView(root: Element, between: Element, words: PanelWords): PanelView {
  const mode = createElement('p', 'font-mode');
  mode.setAttribute('role', 'status');
  const totals = createElement('dl', 'font-totals');
  const stick = createElement('div', 'font-stick');
  const legend = createElement('div', 'font-legend');
  for (const part of [stick, legend]) part.setAttribute('aria-hidden', 'true');
  const faces = createElement('div', 'font-faces');
  const list = createElement('details', 'font-list', createElement('summary', '', words.list), faces);
  let isListTouched = false;
  list.querySelector('summary')?.addEventListener('click', () => {
    isListTouched = true;
  });
  root.replaceChildren(mode, totals, stick, legend, between, list);
  let shownMode: PanelMode | undefined;

  return (state) => {
    // A status is spoken whenever it is drawn.
    if (state.mode !== shownMode) mode.replaceChildren(...createMode(state.mode, words));
    shownMode = state.mode;
    totals.replaceChildren(...createTotals(state, words));
    stick.replaceChildren(...state.files.map(createSort));
    legend.replaceChildren(...createLegend(state.files, words));
    if (!isListTouched) list.open = state.files.length <= MOST_LISTED;
    const tables = groupByFace(state.files).map((face) => createFaceTable(face, words));
    faces.replaceChildren(...(tables.length > 0 ? tables : [createElement('p', '', words.none)]));
  };
}

function createMode(mode: PanelMode, words: PanelWords): readonly (Element | string)[] {
  const [name, meaning] = words.modes[mode];
  return [createElement('b', `font-mode-name mode-${mode}`, name), ' ', meaning];
}

function createTotals({ files, characters }: PanelState, words: PanelWords): readonly Element[] {
  const sum = sumFontFiles(files);
  return [
    createTotal(words.characters, characters === undefined ? '…' : String(characters)),
    createTotal(words.files, String(sum.files)),
    createTotal(words.bytes, formatBytes(sum.bytes)),
    createTotal(words.transferred, formatTransfer(sum, words)),
  ];
}

function createTotal(name: string, value: string): Element {
  return createElement('div', '', createElement('dt', '', name), createElement('dd', '', value));
}

/** A file as a sort in the composing stick; its width grows with its bytes. */
function createSort(file: FontFile): Element {
  const sort = createElement('span', `font-sort from-${file.answer}`);
  sort.style.flexGrow = String(Math.max(file.bytes, 1));
  return sort;
}

function createLegend(files: readonly FontFile[], words: PanelWords): readonly Element[] {
  const present = fontAnswers.filter((answer) => files.some((file) => file.answer === answer));
  return present.map((answer) =>
    createElement('span', `from-${answer}`, createElement('span', 'font-answer', words.answers[answer])),
  );
}
