import type { ConformanceCase } from '../case-definition.ts';
import { privacyCookieCases } from './privacy-cookies.ts';
import { privacyKnowledgeCases } from './privacy-knowledge.ts';

/** The cases of the group "privacy". */
export const privacyCases: readonly ConformanceCase[] = [
  ...privacyKnowledgeCases,
  ...privacyCookieCases,
  {
    id: 'V-07',
    where: 'node',
    title: 'lets reports of codepoints leave the device only aggregated',
    skip: 'Usage reports belong to the fonts, which are another part of the project: this library sends no reports.',
  },
  {
    id: 'V-08',
    where: 'chromium',
    title: 'keeps a shared cache from telling one site of another',
    skip: 'The shared cache belongs to the fonts, another part of the project: this library shares nothing (V-10).',
  },
];
