import type { CodepointSet } from '../../font-service/codepoints/codepoint-set.ts';
import { encodeGaps } from '../../font-service/codepoints/gap-coding.ts';
import { codepointsOf, filesOf, type Part } from './parts.ts';

/** Most codepoints of one delta. */
const MAX_CODEPOINTS = 8000;

/** The files that bring some parts, with the codepoints of the deltas among them, which are as few as may be. */
export function filesToFetch(parts: readonly Part[]): (readonly [file: string, codepoints: CodepointSet])[] {
  const files = filesOf(parts).map((file) => [file, codepointsOf([])] as const);
  for (let rest = codepointsOf(parts); rest.length; rest = codepointsOf(rest.slice(MAX_CODEPOINTS))) {
    const set = codepointsOf(rest.slice(0, MAX_CODEPOINTS));
    files.push([`d/${encodeGaps(set)}`, set]);
  }
  return files;
}
