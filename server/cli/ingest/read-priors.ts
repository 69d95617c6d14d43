import { readFile } from 'node:fs/promises';
import { LANGUAGES, type Language } from '../../../font-service/pack/face-meta.ts';
import { type Priors, parsePriors } from '../../../font-service/plan/priors.ts';

function readText(language: Language): Promise<string> {
  return readFile(new URL(`../../../font-service/plan/priors/${language}.txt`, import.meta.url), 'utf8');
}

/** The priors that the project ships for a language. */
export async function readPriors(language: Language): Promise<Priors> {
  return parsePriors(await readText(language));
}

/** The text of all priors, one after the other. */
export async function readAllPriors(): Promise<string> {
  return (await Promise.all(LANGUAGES.map(readText))).join('\0');
}
