import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  codepointSetOf,
  codepointSetOfText,
  intersectionOf,
  unionOf,
} from '../../../font-service/codepoints/codepoint-set.ts';
import { parseUnicodeRange } from '../../../font-service/codepoints/unicode-range.ts';
import { inspectFont } from '../../../font-service/pack/ingest/inspect-font.ts';
import { hasObservedPages, readObservedPages } from '../../../server/cli/observed-pages.ts';
import type { ObservedPage } from '../../../server/cli/traces/parse-trace-line.ts';
import { readFont } from '../../support/make-pack.ts';

const require = createRequire(import.meta.url);
const DEMO_SITES: readonly (readonly string[])[] = [
  ['ja/index.html', 'ja/tategaki.html'],
  ['reader/akari.html', 'reader/gyo.html'],
];

/** Two sites of two pages each: the characters that a page draws, each once. `source` says where they come from. */
export type PageTexts = { readonly source: string; readonly sites: readonly (readonly string[])[] };

/**
 * Chooses Japanese pages of median size from real ones, or, where the data is not there, those of the demo sites.
 *
 * Only characters that both deliveries can draw are kept, so that the moment when all text is drawn comes.
 */
export async function readPageTexts(dataFolder: string): Promise<PageTexts> {
  const drawn = await readDrawable();
  const textOf = (codepoints: Iterable<number>) =>
    String.fromCodePoint(...intersectionOf(codepointSetOf(codepoints), drawn)).replaceAll(/[<&\s]/g, '');
  if (!hasObservedPages(dataFolder)) {
    const sites = DEMO_SITES.map((pages) => pages.map((page) => textOf(codepointSetOfText(readDemoPage(page)))));
    return { source: 'the demo sites', sites };
  }
  const chosen = chooseSites(readObservedPages(dataFolder, 'ja'));
  const names = chosen.map(([page]) => page?.site).join(', ');
  return {
    source: `traces of ${names}`,
    sites: chosen.map((pages) => pages.map(({ codepoints }) => textOf(codepoints))),
  };
}

/** The two sites with a page nearest the median in codepoints, and the page after it. */
function chooseSites(pages: readonly ObservedPage[]): readonly (readonly ObservedPage[])[] {
  const sizes = pages.map(({ codepoints }) => codepoints.length).sort((a, b) => a - b);
  const median = sizes[sizes.length >> 1] ?? 0;
  const pairs = pages
    .map((page, index) => [page, pages[index + 1]] as const)
    .flatMap(([first, second]) => (second !== undefined && first.site === second.site ? [[first, second]] : []));
  const distance = ([page]: readonly ObservedPage[]) => Math.abs((page?.codepoints.length ?? 0) - median);
  const nearest = pairs.sort((a, b) => distance(a) - distance(b));
  const [first] = nearest;
  const second = nearest.find(([page]) => page?.site !== first?.[0]?.site);
  return [first ?? [], second ?? []];
}

async function readDrawable() {
  const css = readFileSync(require.resolve('@fontsource/noto-sans-jp/400.css'), 'utf8');
  const ranges = [...css.matchAll(/unicode-range: ([^;]+);/g)].map(([, range = '']) => parseUnicodeRange(range));
  const { coverage } = inspectFont(await readFont('noto-sans-jp'));
  return intersectionOf(coverage, unionOf(...ranges));
}

function readDemoPage(path: string): string {
  const html = readFileSync(new URL(`../../../demo-sites/sites/${path}`, import.meta.url), 'utf8');
  return html.replaceAll(/<(script|style)[\s\S]*?<\/\1>|<[^>]*>/g, '');
}
