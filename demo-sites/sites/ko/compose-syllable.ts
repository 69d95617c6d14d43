/** Letters that may begin a syllable, in Unicode's order. */
export const initials = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'];

/** Vowels, in Unicode's order. */
export const vowels = [...'ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ'];

/** Letters that may end a syllable, in Unicode's order; the first is none. */
export const finals = ['', ...'ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ'];

/**
 * Composes a syllable from the indexes of its letters.
 * @see https://www.unicode.org/versions/latest/core-spec/chapter-3/#G59688 (Hangul syllable composition)
 */
export function composeSyllable(initial: number, vowel: number, final: number): string {
  return String.fromCodePoint(0xac00 + (initial * vowels.length + vowel) * finals.length + final);
}
