/** How long stores may take before the network is asked, in ms; a page that is slow itself can wait longer. */
const LEAST_MS = 100;
const MOST_MS = 400;
const SHARE_OF_PAGE_TIME = 0.25;
/** What an author may ask for at most. */
const MOST_WISHED_MS = 10_000;
/** For what a page needs later. */
const LATER_MS = 250;

/**
 * Decides how long a batch waits for the stores, in ms.
 *
 * @param sinceStartMs from the start of the navigation to the ask.
 * @param isFirst whether the face is asked for the first time in this page.
 * @param wishMs the author's own number (`data-wait`), which counts where it is one; else NaN.
 */
export function patienceMs(sinceStartMs: number, isFirst: boolean, wishMs: number): number {
  if (wishMs >= 0) return Math.min(wishMs, MOST_WISHED_MS);
  return isFirst ? Math.min(Math.max(sinceStartMs * SHARE_OF_PAGE_TIME, LEAST_MS), MOST_MS) : LATER_MS;
}
