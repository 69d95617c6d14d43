import { codepointSetOfText } from '../../../font-service/codepoints/codepoint-set.ts';
import type { Language } from '../../../font-service/pack/face-meta.ts';
import type { Scenario } from './bench-results.ts';
import type { WorldFolders } from './language-world.ts';
import type { SessionMeasure } from './measure-session.ts';
import { type Session, type SessionPage, type Sites, sampleSession } from './sample-session.ts';

/** Which session a job replays. */
type SessionChoice =
  | ({ readonly kind: 'scenario'; readonly index: number } & Scenario)
  /** One page each of so many sites, for what is on disk after each of them. */
  | { readonly kind: 'curve'; readonly index: number }
  /** One page of ASCII only. */
  | { readonly kind: 'latin-page' }
  /** The page that draws the most codepoints but for `rank` others, alone. */
  | { readonly kind: 'rarest-page'; readonly rank: number };

/** A session to replay in all deliveries. */
export type ReplayJob = { readonly language: Language; readonly choice: SessionChoice };

/** What holds for all jobs of a run. */
export type ReplaySettings = {
  readonly seed: number;
  readonly locality: number;
  readonly folders: WorldFolders;
  /** Changes with whatever makes slow files. */
  readonly cacheKey: string;
};

/** What a process that replays is told. */
export type ReplayMessage =
  | { readonly type: 'settings'; readonly settings: ReplaySettings }
  | { readonly type: 'job'; readonly job: ReplayJob };

/** What it answers to each job. */
export type ReplayAnswer =
  | { readonly type: 'measures'; readonly measures: readonly SessionMeasure[] }
  | { readonly type: 'failed'; readonly reason: string };

/** How many sites the curve of bytes on disk goes to. */
export const CURVE_SITES = 30;

const LATIN_TEXT = 'The quick brown fox jumps over 1,234 lazy dogs; “why not?” asked Zoë (again).';

/** Draws the session that a job names. */
export function sessionOf(sites: Sites, { language, choice }: ReplayJob, settings: ReplaySettings): Session {
  const options = { seed: settings.seed, language, locality: settings.locality };
  switch (choice.kind) {
    case 'scenario':
      return sampleSession(sites, choice, choice.index, options);
    case 'curve':
      return sampleSession(sites, { sites: CURVE_SITES, pagesPerSite: 1 }, choice.index, options);
    case 'latin-page':
      return onePage('latin', { codepoints: codepointSetOfText(LATIN_TEXT) });
    case 'rarest-page':
      return fullestPages(sites)
        .slice(choice.rank, choice.rank + 1)
        .flatMap(([site, page]) => onePage(site, page));
  }
}

function onePage(site: string, page: SessionPage): Session {
  return [{ key: site, site, pages: [page] }];
}

function fullestPages(sites: Sites): readonly (readonly [site: string, page: SessionPage])[] {
  const pages = [...sites].flatMap(([site, own]) => own.map((page) => [site, page] as const));
  return pages.sort(([, a], [, b]) => b.codepoints.length - a.codepoints.length);
}
