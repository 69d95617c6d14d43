import type { ObservedPage } from './parse-trace-line.ts';

/** Writes a page as `parseTraceLine` reads it, without a line feed. */
export function formatTraceLine({ site, page, codepoints, characters }: ObservedPage): string {
  const cps = codepoints.map((codepoint, index) => codepoint - (codepoints[index - 1] ?? 0));
  return JSON.stringify({ site, page, chars: characters, cps });
}
