import { setTimeout as delay } from 'node:timers/promises';
import type { CdpSession } from './raw-chromium-page.ts';

/** Sees and stops the service workers of a whole browser profile, those of third-party frames included. */
export type WorkerWatch = {
  isRunning(matches: (scriptUrl: string) => boolean): boolean;
  /** Stops the matching workers that run; resolves when all of them are stopped. */
  stop(matches: (scriptUrl: string) => boolean): Promise<void>;
};

type Version = { readonly versionId: string; readonly scriptURL: string; readonly runningStatus: string };

const STOP_DEADLINE_MS = 15_000;

/**
 * Watches through the session of any page of the profile: the ServiceWorker domain covers its storage partition,
 * whichever sites and top-level sites the workers belong to. It attaches to no worker, so none lives longer for it.
 */
export async function watchWorkers(session: CdpSession): Promise<WorkerWatch> {
  const versions = new Map<string, Version>();
  const stopping = new Set<string>();
  session.listen((method, params) => {
    if (method !== 'ServiceWorker.workerVersionUpdated') return;
    for (const version of (params as { versions: readonly Version[] }).versions) {
      versions.set(version.versionId, version);
      if (version.runningStatus === 'stopped') stopping.delete(version.versionId);
    }
  });
  await session.send('ServiceWorker.enable');
  const running = (matches: (scriptUrl: string) => boolean) =>
    [...versions.values()].filter(({ runningStatus, scriptURL }) => runningStatus !== 'stopped' && matches(scriptURL));
  return {
    isRunning: (matches) => running(matches).length > 0,
    stop: async (matches) => {
      const wanted = running(matches).map(({ versionId }) => versionId);
      for (const versionId of wanted) stopping.add(versionId);
      await Promise.all(wanted.map((versionId) => session.send('ServiceWorker.stopWorker', { versionId })));
      // One that has stopped may run again already, for the next event.
      const isStopped = (versionId: string) => !stopping.has(versionId);
      for (const startedMs = Date.now(); !wanted.every(isStopped); await delay(10)) {
        if (Date.now() - startedMs > STOP_DEADLINE_MS) throw new Error('A service worker did not stop.');
      }
    },
  };
}
