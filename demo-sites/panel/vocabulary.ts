import { createElement } from './create-element.ts';

/**
 * Whether the page embeds the page client. It alone fetches by the character: slices come with what they hold, and would
 * come for words that are never said.
 */
export function hasPageClient(): boolean {
  return document.querySelector('script[src*="/typecase.js"]') !== null;
}

/** The class of text that only has fonts come early; it is no part of what a page says. */
export const VOCABULARY_CLASS = 'font-words';

/**
 * Creates an element that draws, unseen and unheard, what a script may come to say: its characters then come with the
 * page's first fonts, and not one file for each sentence later, or never where the network is gone.
 */
export function createVocabulary(regular: string, bold: string): Element {
  const element = createElement('span', VOCABULARY_CLASS, regular, createElement('b', '', bold));
  element.setAttribute('aria-hidden', 'true');
  return element;
}

/** Joins all texts of a record of words; those that take a number are asked with 0, whose digit every page has. */
export function joinWords(words: unknown): string {
  if (typeof words === 'string') return words;
  if (typeof words === 'function') return joinWords(words(0));
  return typeof words === 'object' && words !== null ? Object.values(words).map(joinWords).join('') : '';
}
