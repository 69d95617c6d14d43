/**
 * Measures the slices of the stylesheet without script against Google's, as a curve of bytes against requests.
 *
 * Expected before it runs: bytes fall as slices become more and smaller; the largest page hits nearly every slice of any
 * cut, so a bound on requests that holds on every page is a bound on slices, and it costs bytes. Literature is the worst
 * case and is included. `unseen` scores each site with priors made of the other sites only, `shipped` with the committed ones,
 * which have seen these very sites.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import { type CodepointSet, EMPTY_CODEPOINT_SET, unionOf } from '../../font-service/codepoints/codepoint-set.ts';
import { formatUnicodeRange } from '../../font-service/codepoints/unicode-range.ts';
import { LANGUAGES, type Language } from '../../font-service/pack/face-meta.ts';
import { DEFAULT_SLICE_OPTIONS, planSlices, type SliceOptions } from '../../font-service/plan/slices.ts';
import { blendPriors, measureSiteShares, UNLISTED_SHARE } from '../../server/cli/blend-priors.ts';
import { readPriorSources } from '../../server/cli/derive-priors.ts';
import { readPriors } from '../../server/cli/ingest/read-priors.ts';
import { readObservedPages } from '../../server/cli/observed-pages.ts';
import type { ObservedPage } from '../../server/cli/traces/parse-trace-line.ts';
import { readServedDelivery } from './served-delivery.ts';
import {
  BASE_MODELS,
  createDelivery,
  createGlyphBytes,
  type Delivery,
  readGoogleSlices,
  type Score,
  scoreDelivery,
} from './slice-costs.ts';

type Share = (codepoint: number) => number;
type Row = {
  readonly language: Language;
  readonly cut: string;
  readonly priors: string;
  readonly first: Score;
  readonly five: Score;
  readonly stylesheetBytes?: number;
};

const CUTS: readonly Required<SliceOptions>[] = [
  DEFAULT_SLICE_OPTIONS,
  ...[46, 80, 120, 180, 200, 240, 300].map((maxSlices) => ({ ...DEFAULT_SLICE_OPTIONS, maxSlices })),
];

async function benchLanguage(dataFolder: string, language: Language): Promise<readonly Row[]> {
  const pages = readObservedPages(dataFolder, language);
  const google = readGoogleSlices(dataFolder, language);
  const score = (deliveryOf: Parameters<typeof scoreDelivery>[1]) => ({
    first: scoreDelivery(pages, deliveryOf, 1),
    five: scoreDelivery(pages, deliveryOf, 5),
  });
  const shipped = (await readPriors(language)).share;
  const unseen = deriveUnseenShares(dataFolder, language, pages);
  const cut = (share: Share, options: SliceOptions) => cutFor(language, google.coverage, share, options);
  const rows = CUTS.flatMap((options) => {
    const shippedCut = cut(shipped, options);
    const unseenCuts = new Map([...unseen].map(([site, share]) => [site, cut(share, options).delivery]));
    const label = { language, cut: nameOf(options) };
    return [
      { ...label, priors: 'unseen', ...score((site) => requireDelivery(unseenCuts, site)) },
      {
        ...label,
        priors: 'shipped',
        ...score(() => shippedCut.delivery),
        stylesheetBytes: stylesheetBytesOf(shippedCut.slices),
      },
    ];
  });
  return [{ language, cut: 'Google', priors: '', ...score(() => google.delivery) }, ...rows];
}

/** Scores what a running service serves, with the true bytes of its files. */
async function benchServed(dataFolder: string, language: Language, origin: string): Promise<readonly Row[]> {
  const pages = readObservedPages(dataFolder, language);
  const google = readGoogleSlices(dataFolder, language).delivery;
  const served = await readServedDelivery(origin, SERVED_FAMILIES[language]);
  const score = (delivery: Delivery) => ({
    first: scoreDelivery(pages, () => delivery, 1),
    five: scoreDelivery(pages, () => delivery, 5),
  });
  return [
    { language, cut: 'Google', priors: '', ...score(google) },
    { language, cut: `*served, ${served.fileBytes.length} files`, priors: 'shipped', ...score(served) },
  ];
}

const SERVED_FAMILIES: Readonly<Record<Language, string>> = {
  ja: 'Noto Sans JP',
  ko: 'Noto Sans KR',
  'zh-Hans': 'Noto Sans SC',
  'zh-Hant': 'Noto Sans TC',
};

/** A site without its own priors would be scored with ones that have seen it. */
function requireDelivery(deliveries: ReadonlyMap<string, Delivery>, site: string): Delivery {
  const delivery = deliveries.get(site);
  if (delivery === undefined) throw new Error(`No priors leave out the site “${site}”.`);
  return delivery;
}

function cutFor(language: Language, coverage: CodepointSet, share: Share, options: SliceOptions) {
  const glyphBytes = createGlyphBytes(language, share);
  const slices = planSlices({ coverage, share, glyphBytes }, options);
  return { slices, delivery: createDelivery(slices, glyphBytes, share, BASE_MODELS[language]) };
}

/** For each site the shares that follow from all the other sites. */
function deriveUnseenShares(
  dataFolder: string,
  language: Language,
  pages: readonly ObservedPage[],
): ReadonlyMap<string, Share> {
  const sources = readPriorSources(dataFolder).get(language);
  const siteShares = measureSiteShares(pages);
  if (sources === undefined) return new Map();
  return new Map(
    [...siteShares.keys()].map((left) => {
      const sites = [...siteShares].filter(([site]) => site !== left).map(([, shares]) => shares);
      const shares = blendPriors({ ...sources, sites });
      return [left, (codepoint: number) => shares.get(codepoint) ?? UNLISTED_SHARE];
    }),
  );
}

/** The stylesheet of one face as the service writes it, ranges bridged over what later slices claim, brotli quality 5. */
function stylesheetBytesOf(slices: readonly CodepointSet[]): number {
  let claimedLater: CodepointSet = EMPTY_CODEPOINT_SET;
  const rules: string[] = [];
  for (const [index, slice] of [...slices.entries()].reverse()) {
    const range = formatUnicodeRange(slice, claimedLater);
    const url = `https://fonts.example/font/noto-sans-jp-400/0123456789/s/1/${index}.woff2`;
    rules.unshift(
      `@font-face{font-family:'Noto Sans JP';font-style:normal;font-weight:400;font-display:swap;src:url(${url}) format('woff2');unicode-range:${range}}`,
    );
    claimedLater = unionOf(claimedLater, slice);
  }
  return brotliCompressSync(rules.join('\n'), { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;
}

function nameOf({ maxSlices, requestCostBytes }: Required<SliceOptions>): string {
  const isDefault =
    maxSlices === DEFAULT_SLICE_OPTIONS.maxSlices && requestCostBytes === DEFAULT_SLICE_OPTIONS.requestCostBytes;
  return `${isDefault ? '*' : ' '}<=${maxSlices} slices, request ${requestCostBytes} B`;
}

function formatRow(row: Row, google: Row): string {
  const cells = [row.first, row.five].map((score, index) => {
    const reference = index === 0 ? google.first : google.five;
    const ratio = (score.bytes / reference.bytes).toFixed(2);
    return `${(score.bytes / 1000).toFixed(0).padStart(6)} kB ${ratio}x ${score.requests.toFixed(1).padStart(5)} req (max ${String(score.maxRequests).padStart(3)}, >50 ${(score.overFiftyShare * 100).toFixed(1)} %)`;
  });
  const stylesheet = row.stylesheetBytes === undefined ? '' : ` css ${(row.stylesheetBytes / 1000).toFixed(1)} kB`;
  return `${row.cut.padEnd(33)} ${row.priors.padEnd(8)} | ${cells.join(' | ')}${stylesheet}`;
}

function print(rows: readonly Row[]): void {
  const [google] = rows;
  if (google === undefined) return;
  console.log(`\n${google.language}: * = default | first view, one page | five pages of a site (means over sites)`);
  for (const row of rows) console.log(formatRow(row, google));
  const chosen = rows.find((row) => row.cut.startsWith('*'));
  for (const [site, cost] of chosen?.first.bySite ?? []) {
    const reference = google.first.bySite.get(site);
    const ratio = (cost.bytes / (reference?.bytes ?? 1)).toFixed(2);
    console.log(
      `    ${site.padEnd(26)} ${ratio}x ${cost.requests.toFixed(1)} req (Google ${reference?.requests.toFixed(1)})`,
    );
  }
}

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: '../shared/data' },
      json: { type: 'string' },
      url: { type: 'string' },
      lang: { type: 'string', default: LANGUAGES.join() },
    },
  });
  if (!['traces', 'slices', 'freq'].every((folder) => existsSync(join(values.data, folder)))) {
    console.log(
      `bench:slices skipped: “${values.data}” lacks traces/, slices/ or freq/; give the data folder with --data DIR.`,
    );
    return;
  }
  const languages = LANGUAGES.filter((language) => values.lang.split(',').includes(language));
  const { url } = values;
  const rows = await Promise.all(
    languages.map((language) =>
      url === undefined ? benchLanguage(values.data, language) : benchServed(values.data, language, url),
    ),
  );
  for (const languageRows of rows) print(languageRows);
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(rows.flat().map(toJson), null, 2));
}

function toJson({ first, five, ...row }: Row): object {
  const plain = ({ bySite, ...score }: Score) => ({ ...score, bySite: Object.fromEntries(bySite) });
  return { ...row, first: plain(first), five: plain(five) };
}

await run();
