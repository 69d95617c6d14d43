import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { LANGUAGES, type Language } from '../../font-service/pack/face-meta.ts';
import { type CollectedPages, createPageCollector } from './traces/collect-pages.ts';
import { fetchPages } from './traces/fetch-pages.ts';
import { parseSitemap } from './traces/parse-sitemap.ts';
import { MAX_SITE_CHARACTERS } from './traces/parse-trace-line.ts';
import { readBoundedFile } from './traces/read-bounded-file.ts';
import { readFolderPages } from './traces/read-folder-pages.ts';
import { readHarPages } from './traces/read-har-pages.ts';
import type { TakeOutcome } from './traces/source-page.ts';
import { TraceError } from './traces/trace-error.ts';
import { writeTraces } from './traces/write-traces.ts';

const USAGE = `npm run traces -- --sitemap FILE|--dir DIR|--har FILE [--lang ja|ko|zh-Hans|zh-Hant] [--site NAME] [--out PATH]

Turns pages into traces: which codepoints each page uses, and no text.
--sitemap  a sitemap, or a list of addresses, one a line; the pages are fetched
--dir      HTML, Markdown and text files, the pages of one site
--har      HTML documents in a browser's HAR file, by host
           Each may be named again and again, for more sites.
--lang     the language of all pages (default: by each page's lang, or by its script)
--site     the site's name (default: the host, or the folder's name)
--out      a folder (default traces), or a file *.jsonl.gz where there is one language`;

const OPTIONS = {
  sitemap: { type: 'string', multiple: true, default: [] as string[] },
  dir: { type: 'string', multiple: true, default: [] as string[] },
  har: { type: 'string', multiple: true, default: [] as string[] },
  lang: { type: 'string' },
  site: { type: 'string' },
  out: { type: 'string', default: 'traces' },
} as const;
const MAX_SITEMAP_BYTES = 50 * 1024 * 1024;

function parseLanguage(text: string | undefined): Language | undefined {
  const language = LANGUAGES.find((candidate) => candidate === text);
  if (text !== undefined && language === undefined)
    throw new TraceError(`--lang ${text} should be one of ${LANGUAGES.join(', ')}.`);
  return language;
}

function parseSite(text: string | undefined): string | undefined {
  if (text !== undefined && (!/^\P{C}+$/u.test(text) || text.length > MAX_SITE_CHARACTERS))
    throw new TraceError(
      `--site should be a name of 1 to ${MAX_SITE_CHARACTERS} characters, without control characters.`,
    );
  return text;
}

async function fetchSitemap(path: string, site: string | undefined, take: TakeOutcome): Promise<void> {
  const text = readBoundedFile(path, MAX_SITEMAP_BYTES);
  try {
    await fetchPages(parseSitemap(text), site, take);
  } catch (error) {
    if (error instanceof TraceError) throw new TraceError(`${path}: ${error.message}`);
    throw error;
  }
}

/** On a terminal a count that goes up; elsewhere nothing until the end. */
function countAloud(take: TakeOutcome): TakeOutcome {
  let seen = 0;
  return (outcome) => {
    take(outcome);
    seen++;
    if (process.stderr.isTTY) process.stderr.write(`\r${seen} pages read`);
  };
}

function formatDropped(dropped: CollectedPages['dropped']): readonly string[] {
  return [...dropped].sort(([, a], [, b]) => b - a).map(([reason, count]) => `  ${count} dropped: ${reason}`);
}

function pathFor(language: Language, out: string, languages: readonly Language[]): string {
  if (!/\.jsonl\.gz$/.test(out)) return join(out, `${language}.jsonl.gz`);
  if (languages.length === 1) return out;
  throw new TraceError(
    `The pages are in ${languages.join(' and ')}, and each needs a file of its own: --out should be a folder, or --lang name one language.`,
  );
}

function writeAll({ byLanguage, dropped }: CollectedPages, out: string): void {
  const languages = [...byLanguage.keys()];
  const reasons = formatDropped(dropped);
  if (languages.length === 0) {
    const what = reasons.length === 0 ? 'No page was found' : 'No page is left';
    throw new TraceError([`${what}; nothing was written.`, ...reasons].join('\n'));
  }
  const files = [...byLanguage].map(([language, pages]) => ({
    path: pathFor(language, out, languages),
    language,
    pages,
  }));
  for (const { path, language, pages } of files) {
    const sites = new Set(pages.map(({ site }) => site)).size;
    const bytes = writeTraces(path, pages);
    console.log(`${path}: ${language}, sites: ${sites}, pages: ${pages.length}, bytes: ${bytes}`);
  }
  for (const reason of reasons) console.log(reason);
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.sitemap.length + values.dir.length + values.har.length === 0)
    throw new TraceError(`Name at least one source of pages: --sitemap, --dir or --har.\n\n${USAGE}`);
  const site = parseSite(values.site);
  const collector = createPageCollector(parseLanguage(values.lang));
  const take = countAloud(collector.take);
  for (const folder of values.dir) readFolderPages(folder, site ?? basename(resolve(folder)), take);
  for (const path of values.har) readHarPages(path, site, take);
  for (const path of values.sitemap) await fetchSitemap(path, site, take);
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  writeAll(collector.finish(), values.out);
}

/** What `parseArgs` refuses is the command's form; what is wrong with files says so itself. */
function explain(error: Error): string {
  if (error instanceof TraceError) return error.message;
  const isUsage = 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  return isUsage ? `${error.message}\n\n${USAGE}` : String(error.stack);
}

process.exitCode = await main().then(
  () => 0,
  (error: Error) => {
    console.error(explain(error));
    return 2;
  },
);
