import { Parser } from 'htmlparser2';
import { siteAndPathOf } from './site-of-url.ts';
import { TraceError } from './trace-error.ts';

/** The sitemap protocol's limit. @see https://www.sitemaps.org/protocol.html */
const MAX_URLS = 50_000;

/**
 * Parses a sitemap, or a list of addresses, one a line (`#` begins a comment), into addresses in their order, each once.
 * @throws TraceError that says what is wrong: broken XML, a sitemap of sitemaps, what is no http(s) address, no address.
 */
export function parseSitemap(text: string): readonly string[] {
  const urls = text.trimStart().startsWith('<') ? parseXml(text) : parseList(text);
  if (urls.length === 0)
    throw new TraceError('it names no page; it should hold <url><loc>…</loc></url>, or an address a line.');
  if (urls.length > MAX_URLS) throw new TraceError(`it names more than ${MAX_URLS} pages; split it.`);
  const bad = urls.findIndex((url) => siteAndPathOf(url) === undefined);
  if (bad >= 0) throw new TraceError(`address ${bad + 1} in it is not http or https; all should be, and complete.`);
  return [...new Set(urls)];
}

function parseList(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

function parseXml(xml: string): readonly string[] {
  const urls: string[] = [];
  const open: string[] = [];
  let root = '';
  const fail = (what: string): never => {
    throw new TraceError(`it is broken XML (${what}); it should be <urlset> with <url><loc>…</loc></url>.`);
  };
  const parser = new Parser(
    {
      onopentag: (name) => {
        root ||= name;
        open.push(name);
        if (isPlaceOfAddress(open)) urls.push('');
      },
      ontext: (text) => {
        if (isPlaceOfAddress(open)) urls[urls.length - 1] += text;
      },
      onclosetag: (name, isImplied) => {
        if (isImplied) fail(`<${name}> is not closed`);
        open.pop();
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(xml);
  if (root === 'sitemapindex') throw new TraceError('it names other sitemaps; save one of these and name that.');
  if (root !== 'urlset') fail(`its root is <${root.slice(0, 40)}>`);
  return urls.map((url) => url.trim());
}

/** Images and videos of a page have addresses of their own, in elements with a prefix. */
function isPlaceOfAddress(open: readonly string[]): boolean {
  return open.length === 3 && open[1] === 'url' && open[2] === 'loc';
}
