import type { CodepointSet } from '../../font-service/codepoints/codepoint-set.ts';

/** What a page asks of a face: the name of a base file, or a codepoint, which comes in a delta. */
export type Part = string | number;

/** The base files among some parts. */
export function filesOf(parts: Iterable<Part>): string[] {
  return [...parts].filter((part) => typeof part === 'string');
}

/** The codepoints among some parts. */
export function codepointsOf(parts: Iterable<Part>): CodepointSet {
  return Uint32Array.from([...parts].filter((part) => typeof part === 'number')).sort() as CodepointSet;
}

/** What a font brings: a delta its codepoints, a base file itself. */
export function partsOf({
  file,
  codepoints,
}: {
  readonly file: string;
  readonly codepoints: CodepointSet;
}): readonly Part[] {
  return codepoints.length ? [...codepoints] : [file];
}
