/** Which part of a face a font file holds, told from its URL. */
export type FontPart =
  | { readonly kind: 'base'; readonly index: number; readonly isVertical: boolean }
  | { readonly kind: 'slice'; readonly plan: string; readonly index: number }
  | { readonly kind: 'delta'; readonly set: string };

/** A font URL of the service, taken apart. */
export type FontUrl = { readonly face: string; readonly build: string; readonly part: FontPart };

/**
 * How a file was come by. `hidden` is a file that the service gave no timing for (no `Timing-Allow-Origin`).
 * Grows with the ways a file can be answered.
 */
export type FontAnswer = 'cache' | 'network' | 'failed' | 'hidden';

/** One font file that a page has asked for. */
export type FontFile = FontUrl & {
  readonly url: string;
  /** Size of the file as stored, in bytes; 0 when hidden. */
  readonly bytes: number;
  /** What went over the network for it, headers included, in bytes. */
  readonly transferBytes: number;
  readonly durationMs: number;
  readonly answer: FontAnswer;
};

/** Sums over font files; `bytes` and `transferBytes` as in {@link FontFile}. */
export type FontTotals = {
  readonly files: number;
  readonly bytes: number;
  readonly transferBytes: number;
  readonly cacheHits: number;
};

/** The files of one face, in the order they were asked for. */
export type FaceFiles = { readonly face: string; readonly files: readonly FontFile[]; readonly totals: FontTotals };

/** What is read of a `PerformanceResourceTiming`. */
export type FontTiming = Pick<
  PerformanceResourceTiming,
  'name' | 'encodedBodySize' | 'transferSize' | 'duration' | 'responseStatus'
>;

const fontPath = /^\/font\/([a-z0-9-]+)\/([\w-]+)\/(.+)\.woff2$/;
const basePath = /^base-(\d+)(v?)$/;
const slicePath = /^s\/([\w-]+)\/(\d+)$/;
const deltaPath = /^d\/([\w.~-]+)$/;

/** Takes a font URL of the service apart, or answers undefined for any other URL. */
export function parseFontUrl(url: string, serviceOrigin: string): FontUrl | undefined {
  if (!URL.canParse(url)) return undefined;
  const { origin, pathname } = new URL(url);
  const [, face, build, rest] = fontPath.exec(pathname) ?? [];
  if (origin !== serviceOrigin || face === undefined || build === undefined || rest === undefined) return undefined;
  const part = parseFontPart(rest);
  return part && { face, build, part };
}

function parseFontPart(path: string): FontPart | undefined {
  const base = basePath.exec(path);
  if (base) return { kind: 'base', index: Number(base[1]), isVertical: base[2] === 'v' };
  const [, plan, index] = slicePath.exec(path) ?? [];
  if (plan !== undefined) return { kind: 'slice', plan, index: Number(index) };
  const [, set] = deltaPath.exec(path) ?? [];
  return set === undefined ? undefined : { kind: 'delta', set };
}

/** Lists the service's font files among resource timings, in their order. */
export function listFontFiles(timings: readonly FontTiming[], serviceOrigin: string): readonly FontFile[] {
  return timings.flatMap((timing) => {
    const fontUrl = parseFontUrl(timing.name, serviceOrigin);
    return fontUrl === undefined ? [] : [createFontFile(fontUrl, timing)];
  });
}

function createFontFile(fontUrl: FontUrl, timing: FontTiming): FontFile {
  return {
    ...fontUrl,
    url: timing.name,
    bytes: timing.encodedBodySize,
    transferBytes: timing.transferSize,
    durationMs: timing.duration,
    answer: answerOf(timing),
  };
}

/** @see https://w3c.github.io/resource-timing/#dom-performanceresourcetiming-transfersize (0 for a local cache) */
function answerOf({ encodedBodySize, transferSize, responseStatus }: FontTiming): FontAnswer {
  if (responseStatus >= 400) return 'failed';
  if (encodedBodySize === 0) return 'hidden';
  return transferSize === 0 ? 'cache' : 'network';
}

/** Sums font files; a failed one counts for nothing, since it brought no font. */
export function sumFontFiles(files: readonly FontFile[]): FontTotals {
  const delivered = files.filter((file) => file.answer !== 'failed');
  return {
    files: delivered.length,
    bytes: delivered.reduce((sum, file) => sum + file.bytes, 0),
    transferBytes: delivered.reduce((sum, file) => sum + file.transferBytes, 0),
    cacheHits: delivered.filter((file) => file.answer === 'cache').length,
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
