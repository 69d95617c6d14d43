import { LANGUAGES, type Language } from '../../../font-service/pack/face-meta.ts';

/** Parses the value of `--lang`. @throws Error that says what is wrong, and what would be right. */
export function parseLanguages(text: string): readonly Language[] {
  const names = text.split(',').map((name) => name.trim());
  const stranger = names.find((name) => !LANGUAGES.some((language) => language === name));
  if (stranger !== undefined)
    throw new Error(`--lang takes some of ${LANGUAGES.join()}, separated by commas; “${stranger}” is none of them.`);
  return LANGUAGES.filter((language) => names.includes(language));
}

/** Parses an option's number. @throws Error that says what is wrong, and what would be right. */
export function parseNumber(name: string, text: string, pattern: RegExp, least: number, most: number): number {
  const value = Number(text);
  if (!pattern.test(text) || value < least || value > most)
    throw new Error(`${name} takes a number from ${least} to ${most}; “${text}” is none.`);
  return value;
}

/** Parses the value of `--seed`. @throws Error that says what is wrong, and what would be right. */
export function parseSeed(text: string): number {
  return parseNumber('--seed', text, /^\d{1,10}$/, 0, 0xffffffff);
}
