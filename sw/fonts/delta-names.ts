import { type CodepointSet, codepointSetOf, EMPTY_CODEPOINT_SET } from '../../font-service/codepoints/codepoint-set.ts';
import { decodeGaps, encodeGaps } from '../../font-service/codepoints/gap-coding.ts';
import { MAX_DELTA_CODEPOINTS } from './limits.ts';

/** As many names as are read again and again; then the memory is given back. */
const MAX_REMEMBERED = 500;
const remembered = new Map<string, CodepointSet>();

/** The names, `d/{set}`, of the fewest deltas that hold a set; none for the empty set. */
export function deltaNamesOf(set: CodepointSet): readonly string[] {
  const names: string[] = [];
  for (let start = 0; start < set.length; start += MAX_DELTA_CODEPOINTS)
    names.push(`d/${encodeGaps(set.subarray(start, start + MAX_DELTA_CODEPOINTS))}`);
  return names;
}

/** The codepoints that a stored file is there for, by its name: a delta's set; none for others, whose name does not say it. */
export function codepointsOf(file: string): CodepointSet {
  if (!file.startsWith('d/')) return EMPTY_CODEPOINT_SET;
  const known = remembered.get(file);
  if (known) return known;
  if (remembered.size === MAX_REMEMBERED) remembered.clear();
  const set = readSet(file);
  remembered.set(file, set);
  return set;
}

/** Tells whether a name is the one spelling of a delta's set. What it says is not remembered: anybody may ask. */
export function isDeltaName(file: string): boolean {
  const [name, ...others] = deltaNamesOf(readSet(file));
  return name === file && !others.length;
}

function readSet(file: string): CodepointSet {
  return codepointSetOf(decodeGaps(file.slice(2)));
}
