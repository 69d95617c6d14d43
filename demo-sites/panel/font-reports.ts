import type { FontFile } from './font-files.ts';
import { parseFontUrl } from './font-url.ts';

/** Who answers the page client: the store of all sites, the store of this one, or neither (yet). */
export type ClientMode = 'hub' | 'site' | 'direct';

/** What the page client says of a font that it has added; part of its public surface, as all of this file's types. */
export type FontReport = {
  readonly url: string;
  readonly from: 'hub' | 'worker' | 'network';
  /** False where a store has fetched it just now. */
  readonly isStored: boolean;
  readonly bytes: number;
  readonly milliseconds: number;
  readonly codepoints: number;
};

/** `window.typecase`. */
export type PageClient = {
  readonly ready: Promise<void>;
  readonly mode: ClientMode;
  readonly fonts: readonly FontReport[];
};

/** Lists what the page client has reported, in its order. */
export function listReportedFiles(reports: readonly FontReport[], serviceOrigin: string): readonly FontFile[] {
  return reports.flatMap((report) => {
    const fontUrl = parseFontUrl(report.url, serviceOrigin);
    if (fontUrl === undefined) return [];
    const { url, from, bytes, milliseconds, codepoints } = report;
    const transferBytes = from === 'network' || !report.isStored ? bytes : 0;
    return [{ ...fontUrl, url, bytes, transferBytes, durationMs: milliseconds, answer: from, codepoints }];
  });
}

/**
 * Joins what the page client reported with what the browser timed, each file once.
 *
 * The client knows who answered it; what became of a request of the page's own, only the browser knows: its cache may have
 * answered, or a service worker that it passed.
 */
export function mergeFontFiles(timed: readonly FontFile[], reported: readonly FontFile[]): readonly FontFile[] {
  const once = listOnce(timed);
  const timings = new Map(once.filter(({ bytes }) => bytes > 0).map((file) => [file.url, file]));
  const merged = reported.map((file) => {
    const timing = file.answer === 'network' ? timings.get(file.url) : undefined;
    return timing ? { ...file, answer: timing.answer, transferBytes: timing.transferBytes } : file;
  });
  const known = new Set(reported.map(({ url }) => url));
  return [...once.filter(({ url }) => !known.has(url)), ...merged];
}

/** A file that was asked for again after a failure is what it was when it came. */
function listOnce(timed: readonly FontFile[]): readonly FontFile[] {
  const files = new Map<string, FontFile>();
  for (const file of timed) {
    const known = files.get(file.url);
    if (known === undefined || known.answer === 'failed') files.set(file.url, file);
  }
  return [...files.values()];
}
