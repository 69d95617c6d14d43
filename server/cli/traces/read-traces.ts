import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { LANGUAGES, type Language } from '../../../font-service/pack/face-meta.ts';
import { type ObservedPage, parseTraceLine } from './parse-trace-line.ts';
import { TraceError } from './trace-error.ts';

/** Ten times the largest file of the trace data. */
const MAX_PAGES = 50_000;
const MAX_TEXT_BYTES = 256 * 1024 * 1024;

/**
 * Lists the languages that a traces folder has a file of: `<language>.jsonl.gz`, or `<language>.jsonl` as plain text.
 * @throws TraceError where it has none.
 */
export function listTraceLanguages(folder: string): readonly Language[] {
  const languages = LANGUAGES.filter((language) => findFile(folder, language) !== undefined);
  if (languages.length > 0) return languages;
  throw new TraceError(
    `${folder} holds no traces; it should have files like ${LANGUAGES[0]}.jsonl.gz, see npm run traces.`,
  );
}

/**
 * Reads the pages of a language from a traces folder, ordered by site and page.
 * @throws TraceError naming the file, the line, what is wrong and what would be right; also where there is no file, or no
 * page in it.
 */
export function readTraces(folder: string, language: Language): readonly ObservedPage[] {
  const path = findFile(folder, language);
  if (path === undefined)
    throw new TraceError(`${folder} holds no ${language}.jsonl.gz (nor ${language}.jsonl); see npm run traces.`);
  const pages = parsePages(path, readText(path));
  if (pages.length === 0) throw new TraceError(`${path} holds no page; each line should be one.`);
  return pages.sort((a, b) => compareText(a.site, b.site) || a.page - b.page);
}

function findFile(folder: string, language: Language): string | undefined {
  return [`${language}.jsonl.gz`, `${language}.jsonl`].map((name) => join(folder, name)).find(existsSync);
}

function readText(path: string): string {
  const bytes = readFileSync(path);
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  try {
    const text = isGzip ? gunzipSync(bytes, { maxOutputLength: MAX_TEXT_BYTES }) : bytes;
    return new TextDecoder('utf-8', { fatal: true }).decode(text);
  } catch (error) {
    throw new TraceError(
      `${path} cannot be read (${(error as Error).message}); it should be lines of JSON in UTF-8, as they are or gzipped, at most ${MAX_TEXT_BYTES} bytes of them.`,
    );
  }
}

function parsePages(path: string, text: string): ObservedPage[] {
  const pages: ObservedPage[] = [];
  const seen = new Set<string>();
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const fail = (reason: string) => new TraceError(`${path}, line ${index + 1}: ${reason}.`);
    if (pages.length === MAX_PAGES) throw fail(`more than ${MAX_PAGES} pages; take a sample of them`);
    const page = parsePage(line, fail);
    const key = `${page.page} ${page.site}`;
    if (seen.has(key)) throw fail(`page ${page.page} of its site again; each should be there once`);
    seen.add(key);
    pages.push(page);
  }
  return pages;
}

function parsePage(line: string, fail: (reason: string) => TraceError): ObservedPage {
  try {
    return parseTraceLine(line);
  } catch (error) {
    if (!(error instanceof TraceError)) throw error;
    throw fail(error.message);
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
