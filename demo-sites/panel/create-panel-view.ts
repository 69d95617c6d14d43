import { createElement } from './create-element.ts';
import { formatFaceName } from './face-name.ts';
import { type FaceFiles, type FontFile, type FontTotals, groupByFace, sumFontFiles } from './font-files.ts';
import { formatBytes, formatDuration, formatPart } from './format-figures.ts';
import type { PanelWords } from './words.ts';

/** Draws a list of font files, replacing what it drew before. */
export type PanelView = (files: readonly FontFile[]) => void;

/** Builds the panel's parts in an element: the totals, the stick with one sort a file, and a table for each face. */
export function createPanelView(root: Element, words: PanelWords): PanelView {
  const totals = createElement('dl', 'font-totals');
  const stick = createElement('div', 'font-stick');
  stick.setAttribute('aria-hidden', 'true');
  const faces = createElement('div', 'font-faces');
  const list = createElement('details', 'font-list', createElement('summary', '', words.list), faces);
  list.open = true;
  root.replaceChildren(totals, stick, list);

  return (files) => {
    totals.replaceChildren(...createTotals(sumFontFiles(files), words));
    stick.replaceChildren(...files.map(createSort));
    const tables = groupByFace(files).map((face) => createFaceTable(face, words));
    faces.replaceChildren(...(tables.length > 0 ? tables : [createElement('p', '', words.none)]));
  };
}

function createTotals(totals: FontTotals, words: PanelWords): readonly Element[] {
  return [
    createTotal(words.files, String(totals.files)),
    createTotal(words.bytes, formatBytes(totals.bytes)),
    createTotal(words.transferred, formatBytes(totals.transferBytes)),
    createTotal(words.cacheHits, String(totals.cacheHits)),
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

function createFaceTable({ face, files, totals }: FaceFiles, words: PanelWords): Element {
  const caption = createElement(
    'caption',
    '',
    createElement('span', 'font-face', formatFaceName(face)),
    ' ',
    createElement('span', 'font-face-bytes', formatBytes(totals.bytes)),
  );
  const head = createElement('tr', '', ...words.columns.map(createColumnHead));
  const rows = files.map((file) => createRow(file, words));
  return createElement('table', '', caption, createElement('thead', '', head), createElement('tbody', '', ...rows));
}

function createColumnHead(name: string): Element {
  const cell = createElement('th', '', name);
  cell.scope = 'col';
  return cell;
}

function createRow(file: FontFile, words: PanelWords): Element {
  const part = createElement('th', '', formatPart(file.part, words));
  part.scope = 'row';
  part.title = file.url;
  return createElement(
    'tr',
    `from-${file.answer}`,
    part,
    createElement('td', '', formatBytes(file.bytes)),
    createElement('td', '', formatDuration(file.durationMs)),
    createElement('td', 'font-answer', words.answers[file.answer]),
  );
}
