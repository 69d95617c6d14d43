import { createComparisonView } from './create-comparison-view.ts';
import { countCodepoints, type DrawnText, readDrawnText } from './drawn-text.ts';
import type { FontFile } from './font-files.ts';
import { fetchSliceTables, listGoogleFiles } from './google-files.ts';
import { addToVisit, emptyVisit } from './visit.ts';
import { readVisit, writeVisit } from './visit-store.ts';
import type { ComparisonWords } from './words.ts';

/** Has the page's text compared with files: now, and whenever it is called again. Answers how many characters it draws. */
export type Compare = (files: readonly FontFile[]) => Promise<number>;

/** Starts the comparison of a page in an element; nothing is shown before the page has got a font. */
export function startComparison(root: HTMLElement, words: ComparisonWords): Compare {
  let last: (() => void) | undefined;
  const view = createComparisonView(root, words, () => {
    writeVisit(emptyVisit);
    last?.();
  });
  const tablesOf = rememberTables();

  return async (files) => {
    const drawn = readDrawnText(document.body);
    const tables = await tablesOf(drawn);
    last = () => {
      if (tables.size === 0) return view('missing');
      const google = listGoogleFiles(drawn, tables);
      const visit = addToVisit(readVisit(), location.pathname, files, google);
      writeVisit(visit);
      view({ page: addToVisit(emptyVisit, location.pathname, files, google), visit });
    };
    if (files.length > 0) last();
    return countCodepoints(drawn);
  };
}

/** The tables are fetched once, and again only where a page comes to use a family more. */
function rememberTables(): (drawn: DrawnText) => ReturnType<typeof fetchSliceTables> {
  let tables: ReturnType<typeof fetchSliceTables> = Promise.resolve(new Map());
  let known = '';
  return (drawn) => {
    const faces = [...drawn.keys()].sort();
    if (faces.join() !== known) tables = fetchSliceTables(faces);
    known = faces.join();
    return tables;
  };
}
