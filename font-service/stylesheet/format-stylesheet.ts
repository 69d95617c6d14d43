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
 * with `text`, one file of exactly these codepoints, without layout.
 * @param origin the service's own, for absolute URLs: stylesheets are copied, inlined and bundled.
 */
export function formatStylesheet(faces: readonly StylesheetFace[], query: StylesheetQuery, origin: string): string {
  return faces
    .map((face) =>
      partsOf(face, query)
        .map((part) => formatPart(face, part, query, origin))
        .join(''),
    )
    .join('');
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
  return [...(delivery === 'slices' ? slices : []), ...baseParts.toReversed()];
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
