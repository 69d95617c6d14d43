import type { Language } from '../../../font-service/pack/face-meta.ts';
import type { DeliveryKey, DeliveryName, Scenario } from '../replay/bench-results.ts';

/** What kind of delivery a bar or line stands for: how it is done elsewhere, by us, or cannot be beaten. */
export type DeliveryKind = 'other' | 'ours' | 'least';
type DeliveryWords = { readonly name: string; readonly what: string; readonly kind: DeliveryKind };

/** How deliveries are called in the report, and what is replayed by that name. */
export const DELIVERY_WORDS: Readonly<Record<DeliveryName, DeliveryWords>> = {
  'whole-font': {
    name: 'Whole font',
    what: 'The whole face as one WOFF2 file, fetched once by every site.',
    kind: 'other',
  },
  slices: {
    name: 'Slices',
    what: 'Google Fonts’ own slices by unicode-range, in caches as browsers keep them today: every site fetches for itself.',
    kind: 'other',
  },
  'slices-shared': {
    name: 'Slices, one cache',
    what: 'The same slices, if all sites shared one cache, as browsers did until 2020.',
    kind: 'other',
  },
  'site-subset': {
    name: 'Subset of each site',
    what: 'One static file for each site with what all its pages draw, visited or not: what a careful author makes by hand.',
    kind: 'other',
  },
  'page-subset': {
    name: 'Subset of each page',
    what: 'For each page one file of exactly what it draws, nothing reused from the page before, without kerning and other layout.',
    kind: 'other',
  },
  'typecase-noscript': {
    name: 'Typecase, no script',
    what: 'Typecase’s stylesheet alone: bases and planned slices by unicode-range, each site for itself.',
    kind: 'ours',
  },
  'typecase-site': {
    name: 'Typecase, each site',
    what: 'Base and deltas of exactly what is missing, each site for itself: what every browser allows.',
    kind: 'ours',
  },
  'typecase-hub': {
    name: 'Typecase, shared',
    what: 'The same from one store for all sites, where the browser lets the fonts’ origin reach it; rare groups stay with their site.',
    kind: 'ours',
  },
  'optimum-site': {
    name: 'Least for each site',
    what: 'For each site one exact subset of all that its visited pages draw, known before the first is opened. A bound: nobody can know it.',
    kind: 'least',
  },
  'optimum-hub': {
    name: 'Least for all sites',
    what: 'One exact subset of all that the whole session draws, on every site. A bound again.',
    kind: 'least',
  },
};

/** Says which of a delivery's variants a row is; nothing of deliveries that have none. */
export function describeVariant({ delivery, grouped, trained }: DeliveryKey): string {
  if (!delivery.startsWith('typecase-')) return '';
  if (delivery === 'typecase-noscript') return trained ? 'plan learned' : '';
  return [grouped ? 'groups' : 'no groups', trained ? 'plan learned' : 'plan of priors'].join(', ');
}

/** The languages' names, in English and in themselves. */
export const LANGUAGE_WORDS: Readonly<Record<Language, { readonly english: string; readonly own: string }>> = {
  ja: { english: 'Japanese', own: '日本語' },
  ko: { english: 'Korean', own: '한국어' },
  'zh-Hans': { english: 'Simplified Chinese', own: '简体中文' },
  'zh-Hant': { english: 'Traditional Chinese', own: '繁體中文' },
};

/** A scenario in words: `5 sites, 1 page each`. */
export function describeScenario({ sites, pagesPerSite }: Scenario): string {
  const pages = pagesPerSite === 1 ? '1 page' : `${pagesPerSite} pages`;
  return sites === 1 ? `1 site, ${pages}` : `${sites} sites, ${pages} each`;
}
