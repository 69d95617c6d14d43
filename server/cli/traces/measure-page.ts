import type { Language } from '../../../font-service/pack/face-meta.ts';
import { countScripts, detectLanguage, languageOfTag } from './detect-language.ts';
import type { PageText } from './page-text.ts';
import { MAX_PAGE_CODEPOINTS } from './parse-trace-line.ts';

const LEAST_CHARACTERS = 150;
const LEAST_CJK_CHARACTERS = 100;
const LEAST_CJK_SHARE = 0.2;

/** What is kept of a page, or why nothing is. `text` is for comparison with other pages, and is not written. */
export type MeasuredPage =
  | {
      readonly kind: 'kept';
      readonly language: Language;
      readonly text: string;
      readonly codepoints: readonly number[];
      readonly characters: number;
    }
  | { readonly kind: 'dropped'; readonly reason: string };

/**
 * Takes the codepoints of a page's text, by the extraction rules of the trace data: NFC, without controls, format characters
 * and what is not assigned; pages of few characters, or of few that are Chinese, Japanese or Korean, are dropped.
 * @param forced the language of all pages, whatever they say.
 */
export function measurePage(page: PageText, forced: Language | undefined): MeasuredPage {
  const text = cleanText(page.text);
  const scripts = countScripts(text);
  const characters = Array.from(text.replaceAll(/\s/g, '')).length;
  if (characters < LEAST_CHARACTERS) return dropped(`fewer than ${LEAST_CHARACTERS} characters`);
  const cjk = scripts.han + scripts.kana + scripts.hangul;
  if (cjk < LEAST_CJK_CHARACTERS)
    return dropped(`fewer than ${LEAST_CJK_CHARACTERS} Chinese, Japanese or Korean characters`);
  if (cjk < LEAST_CJK_SHARE * scripts.letters)
    return dropped(`less than ${LEAST_CJK_SHARE * 100} % of the letters Chinese, Japanese or Korean`);
  const language = forced ?? languageOfTag(page.tag ?? '') ?? detectLanguage(text, scripts);
  if (language === undefined) return dropped('language in doubt, name it with --lang');
  const codepoints = [...new Set(Array.from(text, (character) => character.codePointAt(0) ?? 0))].sort((a, b) => a - b);
  if (codepoints.length > MAX_PAGE_CODEPOINTS) return dropped(`more than ${MAX_PAGE_CODEPOINTS} different characters`);
  return { kind: 'kept', language, text, codepoints, characters };
}

function dropped(reason: string): MeasuredPage {
  return { kind: 'dropped', reason };
}

/** U+FFFD stands for what could not be decoded. */
function cleanText(text: string): string {
  return text
    .replaceAll(/[\t\r\n]+/g, ' ')
    .normalize('NFC')
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}\uFFFD]/gu, '');
}
