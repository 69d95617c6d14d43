import { type FontUrl, parseFontUrl } from './font-url.ts';

/**
 * Where a file was answered from. By the page client: `hub` is the store that all sites share, `worker` the store of this
 * site, `network` the page's own request. Of files that the stylesheet brought, `worker` is any service worker; whether
 * that had it or fetched it, no page is told. `cache` is the browser's own cache, `hidden` a file without timing (no
 * `Timing-Allow-Origin`).
 */
export const fontAnswers = ['hub', 'worker', 'cache', 'network', 'failed', 'hidden'] as const;
export type FontAnswer = (typeof fontAnswers)[number];

/** One font file that a page has got. */
export type FontFile = FontUrl & {
  readonly url: string;
  /** Size of the file as stored, in bytes; 0 when hidden. */
  readonly bytes: number;
  /** What went over the network for it, in bytes; undefined where the page cannot know. */
  readonly transferBytes: number | undefined;
  readonly durationMs: number;
  readonly answer: FontAnswer;
  /** How many codepoints it was asked for; 0 for a base, undefined where nobody has said so. */
  readonly codepoints?: number;
};

/** Sums over font files; `untold` is how many of them are not part of `transferBytes`. */
export type FontTotals = {
  readonly files: number;
  readonly bytes: number;
  readonly transferBytes: number;
  readonly untold: number;
};

/** The files of one face, in the order they were asked for. */
export type FaceFiles = { readonly face: string; readonly files: readonly FontFile[]; readonly totals: FontTotals };

/** What is read of a `PerformanceResourceTiming`. */
export type FontTiming = Pick<
  PerformanceResourceTiming,
  'name' | 'encodedBodySize' | 'transferSize' | 'duration' | 'responseStatus' | 'workerStart' | 'nextHopProtocol'
>;

/** Lists the service's font files among resource timings, in their order. */
export function listFontFiles(timings: readonly FontTiming[], serviceOrigin: string): readonly FontFile[] {
  return timings.flatMap((timing) => {
    const fontUrl = parseFontUrl(timing.name, serviceOrigin);
    return fontUrl === undefined ? [] : [createFontFile(fontUrl, timing)];
  });
}

function createFontFile(fontUrl: FontUrl, timing: FontTiming): FontFile {
  const answer = answerOf(timing);
  const isTold = answer !== 'worker' && answer !== 'hidden';
  return {
    ...fontUrl,
    url: timing.name,
    bytes: timing.encodedBodySize,
    transferBytes: isTold ? timing.transferSize : undefined,
    durationMs: timing.duration,
    answer,
  };
}

/**
 * A response that a worker made has neither protocol nor transfer size. One that it left to the network has both, though
 * the worker was started for it.
 *
 * @see https://w3c.github.io/resource-timing/#dom-performanceresourcetiming-transfersize (0 for a local cache)
 */
function answerOf(timing: FontTiming): FontAnswer {
  // Fonts are asked for by CORS: whatever answers has a status that the page may read.
  if (timing.responseStatus === 0 || timing.responseStatus >= 400) return 'failed';
  if (timing.encodedBodySize === 0) return 'hidden';
  if (timing.workerStart > 0 && timing.nextHopProtocol === '') return 'worker';
  return timing.transferSize === 0 ? 'cache' : 'network';
}

/** Sums font files; a failed one counts for nothing, since it brought no font. */
export function sumFontFiles(files: readonly FontFile[]): FontTotals {
  const delivered = files.filter((file) => file.answer !== 'failed');
  return {
    files: delivered.length,
    bytes: delivered.reduce((sum, file) => sum + file.bytes, 0),
    transferBytes: delivered.reduce((sum, file) => sum + (file.transferBytes ?? 0), 0),
    untold: delivered.filter((file) => file.transferBytes === undefined).length,
  };
}

/** Groups font files by face, faces in the order of their ids. */
export function groupByFace(files: readonly FontFile[]): readonly FaceFiles[] {
  const faces = [...new Set(files.map((file) => file.face))].sort();
  return faces.map((face) => {
    const own = files.filter((file) => file.face === face);
    return { face, files: own, totals: sumFontFiles(own) };
  });
}
