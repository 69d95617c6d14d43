import { parseUnicodeRange } from '../../font-service/codepoints/unicode-range.ts';
import type { Delivery } from './slice-costs.ts';

const FACE = /src: url\(([^)]+)\)[^}]*unicode-range: ([^;]+);/g;

/** Reads what a running service serves for a family's regular face: which file holds a codepoint, and its true bytes. */
export async function readServedDelivery(origin: string, family: string): Promise<Delivery> {
  const response = await fetch(`${origin}/css2?family=${encodeURIComponent(family)}`);
  if (!response.ok) throw new Error(`${origin} answers ${response.status}: ${await response.text()}`);
  const faces = [...(await response.text()).matchAll(FACE)].map(([, url = '', range = '']) => ({ url, range }));
  const owners = new Map(
    faces.flatMap(({ range }, file) => Array.from(parseUnicodeRange(range), (codepoint) => [codepoint, file])),
  );
  const fileBytes: number[] = [];
  for (const { url } of faces)
    fileBytes.push(Number((await fetch(url, { method: 'HEAD' })).headers.get('Content-Length')));
  return { fileOf: (codepoint) => owners.get(codepoint), fileBytes };
}
