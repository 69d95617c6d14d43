import type { Language } from '../../../font-service/pack/face-meta.ts';

/** One font file to ingest, and how. */
export type IngestJob = {
  readonly path: string;
  readonly family: string | undefined;
  /** Weights to take of a variable font; of a static one, its own if named at all. */
  readonly weights: readonly number[] | undefined;
  readonly language: Language | undefined;
  /** Brotli quality of the finished slices, 0 to 11. */
  readonly sliceQuality: number;
  /** Builds that the service has already. */
  readonly knownBuilds: readonly string[];
};

/** What a job tells while it runs. */
export type IngestMessage =
  | { readonly type: 'warning'; readonly text: string }
  | { readonly type: 'progress'; readonly face: string; readonly done: number }
  | { readonly type: 'known'; readonly face: string; readonly build: string }
  | { readonly type: 'pack'; readonly face: string; readonly build: string; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'refused'; readonly reason: string };
