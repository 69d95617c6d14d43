/** The Web Lock that the present life of each scope's worker holds; undefined after its end, until the next one. */
const lives = new Map<string, string | undefined>();

/** The present life of a scope's worker; undefined if it is not known, or has ended. */
export function lifeOf(scope: string): string | undefined {
  return lives.get(scope);
}

/**
 * Follows the lives of a scope's worker: it holds a Web Lock as long as it runs, and nothing else tells that it has ended.
 *
 * `ended` is called then; `begun` when the next life has introduced itself. What the former life said last may come after
 * its end is known, but not after what the next one says: only then is it certain what the former one has taken.
 */
export function watchLife(lock: string, scope: string, ended: () => void, begun: () => void): void {
  if (lives.get(scope) === lock) return;
  const isNext = lives.has(scope) && lives.get(scope) === undefined;
  lives.set(scope, lock);
  if (isNext) begun();
  void navigator.locks.request(lock, () => {
    const isReplaced = lives.get(scope) !== lock;
    if (!isReplaced) lives.set(scope, undefined);
    ended();
    if (isReplaced) begun();
  });
}
