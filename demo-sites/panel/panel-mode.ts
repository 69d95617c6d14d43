import type { ClientMode } from './font-reports.ts';

/**
 * How a page gets its fonts: by the page client in one of its modes, by a stylesheet whose requests pass the site's own
 * service worker, or by a stylesheet alone. `waiting` is a page client that has not started yet.
 */
export type PanelMode = ClientMode | 'own-worker' | 'stylesheet' | 'waiting';

/** What is known of a page. */
export type PageFacts = {
  /** The page client's mode, if it runs. */
  readonly mode: ClientMode | undefined;
  /** Whether the page client may still come. */
  readonly isAwaited: boolean;
  /** Whether the page was loaded by a service worker of its site. */
  readonly isControlled: boolean;
};

/** Tells a page's mode; the page client's own word goes before all else. */
export function modeOf({ mode, isAwaited, isControlled }: PageFacts): PanelMode {
  if (mode !== undefined) return mode;
  if (isAwaited) return 'waiting';
  return isControlled ? 'own-worker' : 'stylesheet';
}
