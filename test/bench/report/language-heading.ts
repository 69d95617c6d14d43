import type { Language } from '../../../font-service/pack/face-meta.ts';
import { type Html, html } from './html.ts';
import { LANGUAGE_WORDS } from './words.ts';

/** The heading of a language's panel: its name in English, and in itself. */
export function formatLanguageHeading(language: Language): Html {
  const { english, own } = LANGUAGE_WORDS[language];
  return html`<h3>${english} <span lang="${language}">${own}</span></h3>`;
}
