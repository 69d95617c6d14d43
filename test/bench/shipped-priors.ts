import { readFileSync } from 'node:fs';
import { type Priors, parsePriors } from '../../font-service/plan/priors.ts';

/** The priors that the project ships for a language. */
export function readShippedPriors(language: string): Priors {
  return parsePriors(readFileSync(new URL(`../../font-service/plan/priors/${language}.txt`, import.meta.url), 'utf8'));
}
