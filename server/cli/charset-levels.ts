import type { Language } from '../../font-service/pack/face-meta.ts';

type Rows = readonly [firstLeadByte: number, lastLeadByte: number];
type Charset = { readonly encoding: string; readonly levels: readonly Rows[] };

/**
 * The national character sets, whose makers put the common characters into a first level and the rarer ones into a second.
 *
 * The rows are those of the standards themselves: JIS X 0208, KS X 1001, GB 2312 (trail bytes from A1) and Big5.
 * @see https://encoding.spec.whatwg.org/#legacy-multi-byte-japanese-encodings and what follows there
 */
const CHARSETS: Readonly<Record<Language, Charset>> = {
  ja: {
    encoding: 'euc-jp',
    levels: [
      [0xa1, 0xcf],
      [0xd0, 0xf4],
    ],
  },
  ko: { encoding: 'euc-kr', levels: [[0xa1, 0xfd]] },
  'zh-Hans': {
    encoding: 'gbk',
    levels: [
      [0xa1, 0xd7],
      [0xd8, 0xf7],
    ],
  },
  'zh-Hant': {
    encoding: 'big5',
    levels: [
      [0xa4, 0xc6],
      [0xc9, 0xf9],
    ],
  },
};

/** Lists the levels of a language's national character set, most common first. */
export function listCharsetLevels(language: Language): readonly ReadonlySet<number>[] {
  const { encoding, levels } = CHARSETS[language];
  const firstTrailByte = encoding === 'big5' ? 0x40 : 0xa1;
  return levels.map((rows) => new Set(decodeRows(encoding, rows, firstTrailByte)));
}

const REPLACEMENT = 0xfffd;

function decodeRows(encoding: string, [first, last]: Rows, firstTrailByte: number): readonly number[] {
  const decoder = new TextDecoder(encoding);
  const codepoints: number[] = [];
  for (let lead = first; lead <= last; lead++) {
    for (let trail = firstTrailByte; trail <= 0xfe; trail++) {
      const codepoint = decoder.decode(Uint8Array.of(lead, trail)).codePointAt(0) ?? REPLACEMENT;
      if (codepoint > 0x7f && codepoint !== REPLACEMENT) codepoints.push(codepoint);
    }
  }
  return codepoints;
}

/** From these tiers on Google's slices are in the order of codepoints, and their number says nothing of frequency. */
const FIRST_UNRANKED_TIER: Readonly<Record<Language, number>> = { ja: 60, ko: 20, 'zh-Hans': 20, 'zh-Hant': 20 };

/** Replaces the tiers that are in the order of codepoints by the levels of the national character set. */
export function refineTiers(language: Language, tiers: ReadonlyMap<number, number>): ReadonlyMap<number, number> {
  const levels = listCharsetLevels(language);
  const firstUnranked = FIRST_UNRANKED_TIER[language];
  const levelOf = (codepoint: number) => {
    const level = levels.findIndex((members) => members.has(codepoint));
    return level === -1 ? levels.length : level;
  };
  const refine = (codepoint: number) => Math.min(tiers.get(codepoint) ?? firstUnranked, firstUnranked);
  const codepoints = new Set([...tiers.keys(), ...levels.flatMap((members) => [...members])]);
  return new Map(
    [...codepoints].map((codepoint) => {
      const tier = refine(codepoint);
      return [codepoint, tier < firstUnranked ? tier : firstUnranked + levelOf(codepoint)];
    }),
  );
}
