import type { Language } from '../../../font-service/pack/face-meta.ts';
import type { BenchResults, Scenario } from '../replay/bench-results.ts';

/**
 * How deltas were planned. `exact`: every codepoint singly, so that no plan enters. `priors`: from priors alone; `trained`: and
 * from page views of sites of the other folds. `cooccurrence`: singles from priors alone, groups by what pages of the other
 * folds draw together.
 */
type Planning = 'exact' | 'priors' | 'trained' | 'cooccurrence';

/** How deltas were asked for, and compressed. */
export type UnseenVariant = {
  readonly planning: Planning;
  /** From this share of pages on a codepoint is asked for singly; 0 where all are. */
  readonly leastCommonShare: number;
  /** The quality of brotli that deltas have: 5 as first served, 11 once a hot one has been recompressed. */
  readonly brotliQuality: 5 | 11;
};

/** What a session of unseen sites cost in one variant. Bytes are those of font files. */
export type UnseenMeasure = UnseenVariant & {
  readonly fontBytes: number;
  /** One exact subset of everything that the session needs. */
  readonly optimumBytes: number;
  /** Requests of font files. */
  readonly requests: number;
};

/** Means over sessions. */
export type UnseenRow = { readonly lang: Language } & Scenario &
  UnseenMeasure & {
    /** The mean of the sessions' ratios of font bytes to the optimum's. */
    readonly ratio: number;
    /** The ratio that is asked for. */
    readonly limit: number;
    readonly sessions: number;
  };

/** What `npm run bench:unseen` writes. */
export type UnseenResults = {
  readonly version: 1;
  readonly seed: number;
  readonly folds: number;
  /** The folder of the traces that are scored. */
  readonly source: string;
  readonly rows: readonly UnseenRow[];
  readonly environment: BenchResults['environment'];
};
