const SETTLE_MS = 50;
const watched = new Set<string>();

/**
 * Tells when a worker's life has ended: it holds a Web Lock as long as it runs.
 *
 * Nothing else tells: its ports just fall silent.
 */
export function watchLife(lock: string, ended: () => void): void {
  if (watched.has(lock)) return;
  watched.add(lock);
  void navigator.locks.request(lock, () => {
    watched.delete(lock);
    // What the worker said last comes another way, and may be overtaken.
    setTimeout(ended, SETTLE_MS);
  });
}
