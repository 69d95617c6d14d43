import type { Language } from '../../../font-service/pack/face-meta.ts';
import type { Scenario } from './bench-results.ts';
import type { ReplayJob } from './replay-job.ts';

/** The scenarios that are replayed. */
export const SCENARIOS: readonly Scenario[] = [
  { sites: 1, pagesPerSite: 1 },
  { sites: 1, pagesPerSite: 5 },
  { sites: 1, pagesPerSite: 20 },
  { sites: 5, pagesPerSite: 1 },
  { sites: 5, pagesPerSite: 5 },
  { sites: 20, pagesPerSite: 3 },
];

/** From so many sites on a session is a sample of pages large enough for a fifth of the sessions to do. */
const LARGE_SITES = 20;
const CURVE_SESSIONS = 3;
/** Of each language, the pages that draw the most codepoints. */
const RAREST_PAGES = 5;

/** How many sessions a scenario is replayed in. */
export function sessionsOf({ sites }: Scenario, sessions: number): number {
  return sites >= LARGE_SITES ? Math.ceil(sessions / 5) : sessions;
}

/** Plans the jobs of a run; long ones first, so that processes end at about the same time. */
export function planJobs(languages: readonly Language[], sessions: number): readonly ReplayJob[] {
  return languages.flatMap((language) => {
    const scenarios = SCENARIOS.toReversed().flatMap((scenario) =>
      count(sessionsOf(scenario, sessions)).map((index) => ({ kind: 'scenario', index, ...scenario }) as const),
    );
    const curves = count(CURVE_SESSIONS).map((index) => ({ kind: 'curve', index }) as const);
    const rarest = count(RAREST_PAGES).map((rank) => ({ kind: 'rarest-page', rank }) as const);
    return [...scenarios, ...curves, ...rarest, { kind: 'latin-page' } as const].map((choice) => ({
      language,
      choice,
    }));
  });
}

function count(length: number): readonly number[] {
  return Array.from({ length }, (_, index) => index);
}
