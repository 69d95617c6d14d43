import type { FontAnswer } from './font-files.ts';
import type { FontPart } from './font-url.ts';
import type { PanelMode } from './panel-mode.ts';
import { english } from './words/english.ts';
import { japanese } from './words/japanese.ts';
import { korean } from './words/korean.ts';
import { simplifiedChinese } from './words/simplified-chinese.ts';
import { traditionalChinese } from './words/traditional-chinese.ts';

/** What the panel says, in one language. */
export type PanelWords = {
  readonly modes: Readonly<Record<PanelMode, readonly [name: string, meaning: string]>>;
  readonly files: string;
  readonly bytes: string;
  readonly transferred: string;
  /** Where more may have come over the network than is known. */
  readonly atLeast: (figure: string) => string;
  /** How many different characters the page draws. */
  readonly characters: string;
  readonly list: string;
  readonly columns: readonly [part: string, size: string, time: string, answer: string];
  readonly answers: Readonly<Record<FontAnswer, string>>;
  readonly parts: Readonly<Record<FontPart['kind'], string>>;
  /** Added to a base file that carries vertical alternates. */
  readonly vertical: string;
  readonly countCharacters: (count: number) => string;
  readonly none: string;
  readonly comparison: ComparisonWords;
};

/** What is said of the same text by Google's slices. */
export type ComparisonWords = {
  readonly title: string;
  readonly page: string;
  readonly visit: (pages: number) => string;
  readonly google: string;
  readonly countFiles: (files: number) => string;
  readonly meaning: string;
  readonly clear: string;
  /** Where the slices' sizes are not installed. */
  readonly missing: string;
};

/** Chooses the panel's words by a page's language tag; English where there are none of its own. */
export function wordsFor(languageTag: string): PanelWords {
  const tag = languageTag.toLowerCase();
  if (tag.startsWith('zh-hans')) return simplifiedChinese;
  const words = { ja: japanese, ko: korean, zh: traditionalChinese }[tag.split('-', 1)[0] ?? ''];
  return words ?? english;
}
