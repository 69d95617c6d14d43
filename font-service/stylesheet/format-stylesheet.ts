import type { FontFile } from '../font-url.ts';
import { formatFontPath } from '../font-url.ts';
import type { FaceMeta } from '../pack/face-meta.ts';
import type { StylesheetQuery } from './parse-query.ts';

/** What a stylesheet needs to know of a face. */
export type StylesheetFace = Pick<FaceMeta, 'face' | 'build' | 'family' | 'style' | 'weight' | 'bases' | 'plan'>;

type Part = { readonly name: string; readonly file: FontFile; readonly unicodeRange: string };

/**
 * Formats the stylesheet that answers a query.
 *
 * For every face: its slices, rarest first, then its bases, rarest first, since of overlapping ranges CSS takes the last;
 * with `text`, one file of exactly these codepoints, without layout. With `delivery=delta` the slices' place is taken by
 * the plans of deltas, behind the bases, for the page's script; a face without a plan, of an older build, keeps its slices.
 * @param origin the service's own, for absolute URLs: stylesheets are copied, inlined and bundled.
 */
export function formatStylesheet(faces: readonly StylesheetFace[], query: StylesheetQuery, origin: string): string {
  const parts = faces.flatMap((face) => partsOf(face, query).map((part) => formatPart(face, part, query, origin)));
  const plans = query.delivery === 'delta' && query.text === undefined ? formatPlans(faces) : [];
  return [...parts, ...plans].join('');
}

/**
 * A rule for each plan, in the stylesheet to save a round trip: `noto-sans-jp-400{--typecase-plan:"…"}`.
 *
 * The selector names the faces that have the plan, as types of elements that no page has.
 */
function formatPlans(faces: readonly StylesheetFace[]): readonly string[] {
  const texts = [...new Set(faces.map(({ plan }) => plan.deltas))].filter((text) => text !== '');
  return texts.map((text) => {
    const members = faces.filter(({ plan }) => plan.deltas === text).map(({ face }) => escapeIdentifier(face));
    return `${members.join(',')}{--typecase-plan:"${text}"}\n`;
  });
}

/** Escapes a face's name as `CSS.escape` does: a digit begins no identifier. @see https://drafts.csswg.org/cssom/#serialize-an-identifier */
function escapeIdentifier(face: string): string {
  return face.replace(/^\d/, (digit) => `\\3${digit} `);
}

function partsOf({ bases, plan }: StylesheetFace, { text, delivery, writing }: StylesheetQuery): readonly Part[] {
  if (text !== undefined) return [{ name: '', file: { kind: 'delta', set: text }, unicodeRange: '' }];
  const isVertical = writing === 'vertical';
  const slices = plan.slices.map(({ unicodeRange }, number) => {
    return { name: `[${number}]`, file: { kind: 'slice', plan: plan.id, number }, unicodeRange } as const;
  });
  const baseParts = bases.map(({ unicodeRange }, number) => {
    return { name: `base-${number}`, file: { kind: 'base', number, isVertical }, unicodeRange } as const;
  });
  const isSliced = delivery === 'slices' || plan.deltas === '';
  return [...(isSliced ? slices : []), ...baseParts.toReversed()];
}

function formatPart(
  face: StylesheetFace,
  { name, file, unicodeRange }: Part,
  query: StylesheetQuery,
  origin: string,
): string {
  const url = origin + formatFontPath({ face: face.face, build: face.build, file });
  const lines = [
    `  font-family: '${face.family}';`,
    `  font-style: ${face.style};`,
    `  font-weight: ${face.weight};`,
    ...(query.display === 'auto' ? [] : [`  font-display: ${query.display};`]),
    `  src: url(${url}) format('woff2');`,
    ...(unicodeRange === '' ? [] : [`  unicode-range: ${unicodeRange};`]),
  ];
  return `${name === '' ? '' : `/* ${name} */\n`}@font-face {\n${lines.join('\n')}\n}\n`;
}
