import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CodepointSet, codepointSetOf } from '../../font-service/codepoints/codepoint-set.ts';
import { parseUnicodeRange } from '../../font-service/codepoints/unicode-range.ts';
import type { Language } from '../../font-service/pack/face-meta.ts';
import { isInBaseTerritory } from '../../font-service/plan/base-territory.ts';
import type { ObservedPage } from '../../server/cli/traces/parse-trace-line.ts';

/** Which file a codepoint comes from, and what each file weighs. */
export type Delivery = {
  readonly fileOf: (codepoint: number) => number | undefined;
  readonly fileBytes: readonly number[];
};

/** What some pages of one site cost. */
type ViewCost = { readonly bytes: number; readonly requests: number };

/** Means over sites of means over views, and the worst single view. */
export type Score = ViewCost & {
  readonly maxRequests: number;
  /** The share of views, 0 to 1, that need more than 50 requests. */
  readonly overFiftyShare: number;
  readonly bySite: ReadonlyMap<string, ViewCost>;
};

/** The model of the files that hold everything but Han and Hangul syllables. */
type BaseModel = { readonly base0Bytes: number; readonly base0Share: number; readonly otherBytes: number };

/** Bytes from facts.md, section 1: base-0 with the layout features that pages use; one rarer base for all the rest. */
export const BASE_MODELS: Readonly<Record<Language, BaseModel>> = {
  ja: { base0Bytes: 18_000, base0Share: 0.2, otherBytes: 7000 },
  ko: { base0Bytes: 7000, base0Share: 0.2, otherBytes: 7000 },
  'zh-Hans': { base0Bytes: 7000, base0Share: 0.2, otherBytes: 7000 },
  'zh-Hant': { base0Bytes: 7000, base0Share: 0.2, otherBytes: 7000 },
};

type GlyphBytes = { readonly commonHan: number; readonly han: number; readonly hangul: number };

/**
 * Bytes a codepoint at WOFF2's quality 11, without layout, as subset-font (HarfBuzz) makes them of Noto Sans: measured on
 * the 400 commonest and on samples of 100 to 400 of the others.
 */
const GLYPH_BYTES: Readonly<Record<Language, GlyphBytes>> = {
  ja: { commonHan: 126, han: 157, hangul: 62 },
  ko: { commonHan: 126, han: 160, hangul: 62 },
  'zh-Hans': { commonHan: 127, han: 163, hangul: 62 },
  'zh-Hant': { commonHan: 139, han: 160, hangul: 62 },
};

/** A file without glyphs: a delta's static tables and its tiny name table. */
const EMPTY_FILE_BYTES = 330;
const COMMON_SHARE = 0.2;

/** Makes the estimate of the compressed bytes of a codepoint's glyph. */
export function createGlyphBytes(
  language: Language,
  share: (codepoint: number) => number,
): (codepoint: number) => number {
  const { commonHan, han, hangul } = GLYPH_BYTES[language];
  return (codepoint) => {
    if (codepoint >= 0xac00 && codepoint <= 0xd7a3) return hangul;
    return share(codepoint) >= COMMON_SHARE ? commonHan : han;
  };
}

/** Reads Google's slices as a delivery; of overlapping ranges the later one wins. */
export function readGoogleSlices(
  dataFolder: string,
  language: Language,
): { delivery: Delivery; coverage: CodepointSet } {
  const path = join(dataFolder, 'slices', `${language}.json`);
  const slices = JSON.parse(readFileSync(path, 'utf8')) as readonly { ranges: string; bytes: number }[];
  const owners = ownersOf(slices.map(({ ranges }) => parseUnicodeRange(ranges)));
  const delivery = {
    fileOf: (codepoint: number) => owners.get(codepoint),
    fileBytes: slices.map(({ bytes }) => bytes),
  };
  return {
    delivery,
    coverage: codepointSetOf([...owners.keys()].filter((codepoint) => !isInBaseTerritory(codepoint))),
  };
}

function ownersOf(sets: readonly Iterable<number>[]): ReadonlyMap<number, number> {
  return new Map(sets.flatMap((set, file) => Array.from(set, (codepoint) => [codepoint, file] as const)));
}

/** Makes the delivery of our slices and the two modelled bases: file 0 is base-0, file 1 the other one. */
export function createDelivery(
  slices: readonly CodepointSet[],
  glyphBytes: (codepoint: number) => number,
  share: (codepoint: number) => number,
  base: BaseModel,
): Delivery {
  const owners = ownersOf(slices);
  const sliceBytes = slices.map((slice) =>
    slice.reduce((sum, codepoint) => sum + glyphBytes(codepoint), EMPTY_FILE_BYTES),
  );
  const baseOf = (codepoint: number) => (share(codepoint) >= base.base0Share ? 0 : 1);
  const sliceOf = (codepoint: number) => {
    const slice = owners.get(codepoint);
    return slice === undefined ? undefined : slice + 2;
  };
  return {
    fileOf: (codepoint) => (isSlicedCached(codepoint) ? sliceOf(codepoint) : baseOf(codepoint)),
    fileBytes: [base.base0Bytes, base.otherBytes, ...sliceBytes],
  };
}

const slicedByCodepoint = new Map<number, boolean>();

function isSlicedCached(codepoint: number): boolean {
  const known = slicedByCodepoint.get(codepoint) ?? !isInBaseTerritory(codepoint);
  slicedByCodepoint.set(codepoint, known);
  return known;
}

/** Measures what the first `pagesPerView` pages, the next ones and so on of each site cost with a cold cache each time. */
export function scoreDelivery(
  pages: readonly ObservedPage[],
  deliveryOf: (site: string) => Delivery,
  pagesPerView: number,
): Score {
  const bySite = new Map<string, ViewCost>();
  const requests: number[] = [];
  for (const site of new Set(pages.map((page) => page.site))) {
    const sitePages = pages.filter((page) => page.site === site);
    const costs = viewsOf(sitePages, pagesPerView).map((view) => costOf(view, deliveryOf(site)));
    requests.push(...costs.map((cost) => cost.requests));
    bySite.set(site, meanCostOf(costs));
  }
  const overFiftyShare = requests.filter((count) => count > 50).length / requests.length;
  return { ...meanCostOf([...bySite.values()]), maxRequests: Math.max(...requests), overFiftyShare, bySite };
}

function viewsOf(pages: readonly ObservedPage[], pagesPerView: number): readonly (readonly ObservedPage[])[] {
  const count = Math.floor(pages.length / pagesPerView);
  return Array.from({ length: count }, (_, index) => pages.slice(index * pagesPerView, (index + 1) * pagesPerView));
}

function costOf(view: readonly ObservedPage[], { fileOf, fileBytes }: Delivery): ViewCost {
  const files = new Set(view.flatMap((page) => page.codepoints.map(fileOf)));
  files.delete(undefined);
  return {
    bytes: [...files].reduce<number>((sum, file) => sum + (fileBytes[file ?? 0] ?? 0), 0),
    requests: files.size,
  };
}

function meanCostOf(costs: readonly ViewCost[]): ViewCost {
  const sumOf = (pick: (cost: ViewCost) => number) => costs.reduce((sum, cost) => sum + pick(cost), 0) / costs.length;
  return { bytes: sumOf((cost) => cost.bytes), requests: sumOf((cost) => cost.requests) };
}
