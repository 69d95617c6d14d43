import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { decodePage } from './decode-page.ts';
import { MAX_PAGE_BYTES, type SourcePage, type TakeOutcome, TOO_LARGE } from './source-page.ts';
import { TraceError } from './trace-error.ts';

const FORMATS: Readonly<Record<string, SourcePage['format']>> = {
  '.html': 'html',
  '.htm': 'html',
  '.xhtml': 'html',
  '.md': 'markdown',
  '.mdx': 'markdown',
  '.markdown': 'markdown',
  '.txt': 'text',
};
const MAX_FILES = 50_000;

/**
 * Reads the HTML, Markdown and text files of a folder and its folders as pages of one site. Links, dot files and
 * node_modules are passed over.
 * @throws TraceError where the folder cannot be read, or holds too many files.
 */
export function readFolderPages(folder: string, site: string, take: TakeOutcome): void {
  const paths = listFiles(folder).filter((path) => extname(path).toLowerCase() in FORMATS);
  for (const path of paths) {
    if (statSync(path).size > MAX_PAGE_BYTES) take({ kind: 'dropped', reason: TOO_LARGE });
    else
      take({
        kind: 'page',
        site,
        path: relative(folder, path),
        format: FORMATS[extname(path).toLowerCase()] ?? 'text',
        content: decodePage(readFileSync(path)),
      });
  }
}

function listFiles(root: string): readonly string[] {
  const files: string[] = [];
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of readEntries(folder)) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      if (entry.isDirectory()) folders.push(join(folder, entry.name));
      else if (entry.isFile()) files.push(join(folder, entry.name));
    }
    if (files.length > MAX_FILES)
      throw new TraceError(`${root} holds more than ${MAX_FILES} files; name a folder with the pages alone.`);
  }
  return files;
}

function readEntries(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw new TraceError(`${folder} cannot be read (${(error as Error).message}); it should be a folder of pages.`);
  }
}
