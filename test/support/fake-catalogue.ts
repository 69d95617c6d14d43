import { faceIdOf, parseBuildId, parsePlanId } from '../../font-service/identifiers.ts';
import { formatStylesheet, type StylesheetFace } from '../../font-service/stylesheet/format-stylesheet.ts';
import type { MatchableFace } from '../../font-service/stylesheet/match-faces.ts';
import { matchFaces } from '../../font-service/stylesheet/match-faces.ts';
import { parseStylesheetQuery } from '../../font-service/stylesheet/parse-query.ts';

type CatalogueFace = StylesheetFace & MatchableFace;

const WGHT = { tag: 'wght', min: 100, max: 900 };

function facesOf(
  family: string,
  weights: readonly number[],
  { style = 'normal', axes = [] }: Partial<Pick<CatalogueFace, 'style' | 'axes'>> = {},
): readonly CatalogueFace[] {
  return weights.map((weight) => ({
    ...{ face: faceIdOf(family, weight, style), build: parseBuildId('0123456789'), family, style, weight, axes },
    bases: [
      { unicodeRange: 'U+20-7E', codepoints: 95 },
      { unicodeRange: 'U+370-3FF', codepoints: 144 },
    ],
    plan: {
      id: parsePlanId('1a2b3c4d'),
      slices: [{ unicodeRange: 'U+4E00-9FFF', codepoints: 20992 }],
      deltas: family === 'Cardo' ? `AB.C,,D${weight}` : 'AAA,,B-_',
    },
  }));
}

/** Families of the kinds that CSS2's cases are about, light before bold as little as they may be. */
export const CATALOGUE: readonly CatalogueFace[] = [
  ...facesOf('Abel', [400]),
  ...facesOf('Cardo', [700, 400]),
  ...facesOf('Cardo', [400], { style: 'italic' }),
  ...facesOf('Noto Sans JP', [100, 300, 400, 500, 700, 900]),
  ...facesOf('Poppins', [400, 500, 600, 700, 800]),
  ...facesOf('Barlow', [100, 400, 900]),
  ...facesOf('Barlow', [100, 400, 900], { style: 'italic' }),
  ...facesOf('Mitr', [200, 300, 400, 500, 600, 700]),
  ...facesOf('Archivo', [100, 400, 700, 900], { axes: [WGHT, { tag: 'wdth', min: 62, max: 125 }] }),
  ...facesOf('Open Sans', [400, 700], { axes: [WGHT] }),
  ...facesOf('Nur Fett', [700]),
];

/** A rule of a stylesheet: the comment before it, if any, and its descriptors. */
export type FontFaceRule = { readonly comment: string | undefined; readonly descriptors: ReadonlyMap<string, string> };

/** The stylesheet that answers a query string. */
export function stylesheetOf(query: string, origin = 'https://fonts.example'): string {
  const parsed = parseStylesheetQuery(new URLSearchParams(query));
  return formatStylesheet(matchFaces(parsed.families, CATALOGUE), parsed, origin);
}

const PLAN_RULE = /^([^\n{}]+)\{--typecase-plan:"([\w.,-]*)"\}\n/gm;

/** The plans of deltas in a stylesheet: selectors and texts, in order. */
export function plansIn(css: string): readonly { readonly selector: string; readonly text: string }[] {
  return [...css.matchAll(PLAN_RULE)].map(([, selector = '', text = '']) => ({ selector, text }));
}

/** Reads a stylesheet of nothing but @font-face rules and plans; throws where there is anything else in it. */
export function parseRules(stylesheet: string): readonly FontFaceRule[] {
  const css = stylesheet.replace(PLAN_RULE, '');
  const rule = /(?:\/\* ([^*]*) \*\/\n)?@font-face \{\n((?: {2}[a-z-]+: [^\n]+;\n)+)\}\n/y;
  const rules: FontFaceRule[] = [];
  while (rule.lastIndex < css.length) {
    const at = rule.lastIndex;
    const [, comment, body = ''] = rule.exec(css) ?? [];
    if (body === '') throw new Error(`No @font-face rule at ${at}: ${css.slice(at, at + 100)}`);
    const lines = body.trim().split('\n');
    const entries = lines.map((line) => /^ *([a-z-]+): (.*);$/.exec(line)?.slice(1, 3) as [string, string]);
    rules.push({ comment, descriptors: new Map(entries) });
  }
  return rules;
}

/** The faces of a stylesheet, each once: `italic 400`. */
export function facesIn(css: string): readonly string[] {
  const named = parseRules(css).map(({ descriptors }) =>
    ['font-family', 'font-style', 'font-weight'].map((name) => descriptors.get(name)).join(' '),
  );
  return [...new Set(named)];
}
