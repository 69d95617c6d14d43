import type { Language } from '../../../font-service/pack/face-meta.ts';
import { listCharsetLevels } from '../charset-levels.ts';

/** How many letters of a text are of which script. */
export type ScriptCounts = {
  readonly han: number;
  readonly kana: number;
  readonly hangul: number;
  readonly letters: number;
};

const LEAST_HANGUL_SHARE = 0.5;
const LEAST_KANA_SHARE = 0.12;
const LEAST_HAN_SHARE = 0.8;
/** Of characters that only one of the two Chinese character sets has: so many of the one for each of the other. */
const LEAST_VARIANT_RATIO = 4;

const simplified = new Set(listCharsetLevels('zh-Hans').flatMap((level) => [...level]));
const traditional = new Set(listCharsetLevels('zh-Hant').flatMap((level) => [...level]));

/** Counts a text's letters by script. */
export function countScripts(text: string): ScriptCounts {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  return {
    han: count(/\p{Script=Han}/gu),
    kana: count(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu),
    hangul: count(/\p{Script=Hangul}/gu),
    letters: count(/\p{L}/gu),
  };
}

/** The language that a BCP 47 tag names, where it is one of ours: `zh` alone does not say which Chinese. */
export function languageOfTag(tag: string): Language | undefined {
  const [primary, ...rest] = tag.trim().toLowerCase().split(/[-_]/);
  if (primary === 'ja' || primary === 'ko') return primary;
  if (primary !== 'zh') return undefined;
  if (rest.includes('hans')) return 'zh-Hans';
  if (rest.includes('hant')) return 'zh-Hant';
  if (rest.some((subtag) => ['cn', 'sg', 'my'].includes(subtag))) return 'zh-Hans';
  return rest.some((subtag) => ['tw', 'hk', 'mo'].includes(subtag)) ? 'zh-Hant' : undefined;
}

/** Tells a text's language by its scripts, simplified from traditional Chinese by what only one of them has; undefined in doubt. */
export function detectLanguage(text: string, { han, kana, hangul }: ScriptCounts): Language | undefined {
  const cjk = han + kana + hangul;
  if (cjk === 0) return undefined;
  if (hangul / cjk >= LEAST_HANGUL_SHARE) return 'ko';
  if (kana / cjk >= LEAST_KANA_SHARE) return 'ja';
  return han / cjk >= LEAST_HAN_SHARE ? detectChinese(text) : undefined;
}

function detectChinese(text: string): Language | undefined {
  const codepoints = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const hans = codepoints.filter((codepoint) => simplified.has(codepoint) && !traditional.has(codepoint)).length;
  const hant = codepoints.filter((codepoint) => traditional.has(codepoint) && !simplified.has(codepoint)).length;
  if (hans > 0 && hans >= LEAST_VARIANT_RATIO * hant) return 'zh-Hans';
  return hant > 0 && hant >= LEAST_VARIANT_RATIO * hans ? 'zh-Hant' : undefined;
}
