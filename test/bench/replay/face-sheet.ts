import type { FaceMeta } from '../../../font-service/pack/face-meta.ts';
import { formatStylesheet } from '../../../font-service/stylesheet/format-stylesheet.ts';
import { parseStylesheetQuery } from '../../../font-service/stylesheet/parse-query.ts';
import type { Face } from '../../../sw/page/face.ts';
import { type Rule, readFaces } from '../../../sw/page/read-faces.ts';
import type { RemoteFile } from './cached-delivery.ts';
import { compressedBytes } from './compressed-text.ts';
import type { FacePlan } from './face-plan.ts';

/** How a stylesheet brings what the bases lack. */
type SheetDelivery = 'slices' | 'delta';

/** Formats the stylesheet that the service answers for one face with a plan. */
export function formatFaceSheet(meta: FaceMeta, plan: FacePlan, delivery: SheetDelivery, origin: string) {
  const query = `family=${meta.family.replaceAll(' ', '+')}:wght@${meta.weight}&display=swap`;
  const search = `?${query}${delivery === 'delta' ? '&delivery=delta' : ''}`;
  const text = formatStylesheet([{ ...meta, plan }], parseStylesheetQuery(new URLSearchParams(search)), origin);
  return { path: `/css2${search}`, text };
}

/** The stylesheet as a file that is transferred. */
export function sheetFile({ path, text }: ReturnType<typeof formatFaceSheet>): RemoteFile {
  return { path, bytes: compressedBytes(text) };
}

/** Reads the face of a `delivery=delta` stylesheet as the page client does, which does not let it apply. */
export function readFaceOfSheet(text: string): Face {
  const rules = Array.from(text.matchAll(/([^{}]+)\{([^{}]*)\}/g), ([, selector = '', body = '']) =>
    ruleOf(selector, body),
  );
  const [face] = readFaces(rules, false, (id) => id).values();
  if (face === undefined) throw new Error('The stylesheet names no face.');
  return face;
}

function ruleOf(selector: string, body: string): Rule {
  const descriptors = new Map(
    body.split(';').map((line) => {
      const [name = '', ...value] = line.split(':');
      return [name.trim(), value.join(':').trim()] as const;
    }),
  );
  const selectorText = selector.includes('@font-face') ? undefined : selector.trim();
  return { selectorText, style: { getPropertyValue: (name) => descriptors.get(name) ?? '' } };
}
