import { createElement } from './create-element.ts';
import { formatFaceName } from './face-name.ts';
import type { FaceFiles, FontFile } from './font-files.ts';
import { formatBytes, formatDuration, formatPart } from './format-figures.ts';
import type { PanelWords } from './words.ts';

/** Creates the table of one face's files, in the order they were asked for. */
export function createFaceTable({ face, files, totals }: FaceFiles, words: PanelWords): Element {
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
  // A base has no count of its own.
  if (file.codepoints !== undefined && file.codepoints > 0) {
    part.append(' ', createElement('small', '', words.countCharacters(file.codepoints)));
  }
  return createElement(
    'tr',
    `from-${file.answer}`,
    part,
    createElement('td', '', formatBytes(file.bytes)),
    createElement('td', '', formatDuration(file.durationMs)),
    createElement('td', 'font-answer', words.answers[file.answer]),
  );
}
