import { parseUnicodeRange } from '../../../font-service/codepoints/unicode-range.ts';

/** A font of a stylesheet: its descriptors as they are written, and the URL of its file. */
export type FontFaceRule = {
  readonly family: string;
  readonly style: string;
  readonly weight: string;
  readonly display: string | undefined;
  readonly url: string;
  readonly unicodeRange: string | undefined;
};

const PLAN_RULE = /^([^\n{}]+)\{--typecase-plan:"([\w.,-]*)"\}\n/gm;

/** The plans of deltas in a stylesheet: selectors and texts, in order. */
export function readPlans(css: string): readonly { readonly selector: string; readonly text: string }[] {
  return [...css.matchAll(PLAN_RULE)].map(([, selector = '', text = '']) => ({ selector, text }));
}

/** The fonts of a stylesheet, in order; throws where it has anything but them, comments and plans. */
export function readStylesheet(stylesheet: string): readonly FontFaceRule[] {
  const css = stylesheet.replace(PLAN_RULE, '');
  const rules = [...css.matchAll(/(?:\/\*[^*]*\*\/\n)?@font-face \{\n([^}]*)\}\n/g)];
  if (rules.map(([whole]) => whole).join('') !== css)
    throw new Error(`more than @font-face rules: ${css.slice(0, 200)}`);
  return rules.map(([, body = '']) => {
    const read = (name: string) => new RegExp(`^ {2}${name}: (.*);$`, 'm').exec(body)?.[1];
    return {
      family: read('font-family')?.slice(1, -1) ?? '',
      style: read('font-style') ?? '',
      weight: read('font-weight') ?? '',
      display: read('font-display'),
      url: /^url\((.*)\) format\('woff2'\)$/.exec(read('src') ?? '')?.[1] ?? '',
      unicodeRange: read('unicode-range'),
    };
  });
}

/**
 * What each file of one face is asked for: of overlapping ranges the one declared last wins.
 *
 * @see https://www.w3.org/TR/css-fonts-4/#composite-fonts
 */
export function winningsOf(rules: readonly FontFaceRule[]): ReadonlyMap<string, readonly number[]> {
  const winner = new Map<number, string>();
  for (const { url, unicodeRange } of rules) {
    for (const codepoint of parseUnicodeRange(unicodeRange ?? '')) winner.set(codepoint, url);
  }
  const codepoints = [...winner.keys()].sort((a, b) => a - b);
  return new Map(rules.map(({ url }) => [url, codepoints.filter((codepoint) => winner.get(codepoint) === url)]));
}
