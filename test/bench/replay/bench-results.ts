import type { Language } from '../../../font-service/pack/face-meta.ts';

/** How fonts reach pages; the first five are what others do, or what could be done without Typecase. */
export const DELIVERIES = [
  'whole-font',
  'slices',
  'slices-shared',
  'site-subset',
  'page-subset',
  'typecase-noscript',
  'typecase-site',
  'typecase-hub',
  'optimum-site',
  'optimum-hub',
] as const;
export type DeliveryName = (typeof DELIVERIES)[number];

/** The kinds of network of the Progressive Font Enrichment evaluation. */
export const NETWORK_TYPES = ['2G', '3G', '4G', 'wifi', 'desktop'] as const;
export type NetworkType = (typeof NETWORK_TYPES)[number];

/**
 * A delivery as it was replayed. `grouped`: rare codepoints were asked for in the plan's groups; false: each by itself.
 * `trained`: the plan was learned from sites that are not scored; false: it was made from the priors. Both are false for
 * deliveries that know no plan.
 */
export type DeliveryKey = { readonly delivery: DeliveryName; readonly grouped: boolean; readonly trained: boolean };

/** Bytes that are transferred, by what they are: bodies as sent (compressed), and an estimate of HTTP's headers. */
export type TransferredBytes = {
  readonly font: number;
  readonly css: number;
  readonly script: number;
  readonly headers: number;
  readonly total: number;
};

/** A scenario: visits to some sites, so many pages of each. */
export type Scenario = { readonly sites: number; readonly pagesPerSite: number };

/** Means over sessions: what one visitor transfers in a whole session, and what is on disk afterwards. */
export type BenchRow = { readonly lang: Language } & Scenario &
  DeliveryKey & {
    readonly bytes: TransferredBytes;
    /** All HTTP requests, those that are answered “not modified” included. */
    readonly requests: number;
    readonly fontRequests: number;
    /** Bytes of font files on disk at the end, in HTTP caches and stores: a file kept twice counts twice. */
    readonly storedBytes: number;
    /** Sessions that the means are of. */
    readonly sessions: number;
  };

/** The cost of a session's page views on one kind of network, in the Progressive Font Enrichment evaluation's unit. */
export type NetworkRow = { readonly lang: Language } & Scenario &
  DeliveryKey & {
    readonly network: NetworkType;
    /** Everything counted: stylesheets, scripts, headers. Mean over sessions. */
    readonly cost: number;
    /** Median over sessions of (cost / cost of `whole-font` - 1): -0.9 is nine tenths less. */
    readonly medianChange: number;
    /** The same with font files (and their headers) only, as the Progressive Font Enrichment evaluation counts. */
    readonly fontOnlyMedianChange: number;
    /** Median over sessions of the change of transferred font bytes (and their headers) against `whole-font`. */
    readonly fontBytesMedianChange: number;
  };

/** Font bytes on disk after visits to more and more sites, one page each: `bytes[n - 1]` for n sites, n from 1 to 30. */
export type StoredCurve = { readonly lang: Language } & DeliveryKey & { readonly bytes: readonly number[] };

/** A case that is not in our favour, or that nobody should be surprised by. */
export type UnflatteringCase = {
  readonly id: 'one-page' | 'one-page-each-language' | 'latin-page' | 'rarest-pages' | 'own-subset';
  readonly title: string;
  /** What is replayed, in one or two sentences. */
  readonly what: string;
  readonly rows: readonly (DeliveryKey & {
    /** Undefined where the case has several languages in one session. */
    readonly lang?: Language;
    readonly bytes: TransferredBytes;
    readonly requests: number;
    readonly storedBytes: number;
  })[];
};

/** What a plan is worth that has learned from so many page views: bytes of one site, five pages, never seen before. */
export type LearningPoint = { readonly lang: Language } & DeliveryKey & {
    readonly learnedViews: number;
    readonly bytes: TransferredBytes;
    readonly requests: number;
  };

/** A figure of the design, and what was measured. */
export type Target = { readonly lang: Language } & Scenario &
  DeliveryKey & {
    /** `typecase-site` against `optimum-site`, `typecase-hub` against `optimum-hub`. */
    readonly against: DeliveryName;
    readonly limit: number;
    /** Total bytes, everything counted, over the optimum's total. */
    readonly ratio: number;
    /** Font bytes over the optimum's font bytes. */
    readonly fontRatio: number;
    readonly isReached: boolean;
  };

/** What `npm run bench` writes; {@link BenchRow} rows are the contract, what stands beside them is for the report. */
export type BenchResults = {
  readonly version: 1;
  readonly seed: number;
  readonly sessions: number;
  readonly results: readonly BenchRow[];
  /** The share of steps, 0 to 1, that go to a neighbouring page; the others go anywhere in the site. */
  readonly locality: number;
  readonly network: readonly NetworkRow[];
  readonly storedCurves: readonly StoredCurve[];
  readonly unflattering: readonly UnflatteringCase[];
  readonly learning: readonly LearningPoint[];
  readonly targets: readonly Target[];
  /** What was replayed: one entry a language. */
  readonly traces: readonly {
    readonly lang: Language;
    /** The folder's name, or what the project ships. */
    readonly source: string;
    readonly sites: number;
    readonly pages: number;
    readonly face: string;
    readonly build: string;
    readonly wholeFontBytes: number;
  }[];
  readonly environment: {
    readonly date: string;
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGiB: number;
    readonly os: string;
    readonly seconds: number;
    /** By name: node, typecase, brotli, subset-font, @fontsource/noto-sans-jp and so on. */
    readonly versions: Readonly<Record<string, string>>;
  };
};
