import { type DrivenBrowser, PAGE_TIMEOUT_MS } from './browser-driver.ts';
import { type CommandSocket, connectCommandSocket } from './command-socket.ts';
import { attachToPage, openRawPage, type RawPage } from './raw-chromium-page.ts';
import { type SpawnOptions, spawnChromium } from './spawn-chromium.ts';
import { type NetworkConditions, throttleNetwork } from './throttle-network.ts';
import { type WorkerWatch, watchWorkers } from './worker-watch.ts';

/** How a raw Chromium starts. */
export type RawChromiumOptions = SpawnOptions & {
  /** How long a page may take to answer or to load. */
  readonly pageTimeoutMs?: number;
};

/** Chromium driven by plain CDP: pages have a debugger, workers have none. */
export interface RawChromium extends DrivenBrowser {
  newPage(url?: string): Promise<RawPage>;
  isWorkerRunning(matches: (scriptUrl: string) => boolean): boolean;
  /** Slows down the network of everything that is opened from now on; workers get a debugger. */
  throttle(conditions: NetworkConditions): Promise<void>;
}

const EXIT_TIMEOUT_MS = 5_000;

/** Launches Chromium; `close` lets it write its profile before it ends. */
export async function launchRawChromium(options: RawChromiumOptions): Promise<RawChromium> {
  const spawned = await spawnChromium(options);
  try {
    const socket = await connectCommandSocket(spawned.browserSocketUrl);
    const watch = await openWatch(socket);
    const timeoutMs = options.pageTimeoutMs ?? PAGE_TIMEOUT_MS;
    return {
      newPage: async (url) => {
        const page = await openRawPage(socket, timeoutMs);
        if (url !== undefined) await page.goto(url);
        return page;
      },
      stopWorkers: watch.stop,
      isWorkerRunning: watch.isRunning,
      throttle: (conditions) => throttleNetwork(socket, conditions),
      close: async () => {
        // Chromium may end the connection before it answers.
        await socket.send('Browser.close').catch(() => undefined);
        await spawned.waitForExit(EXIT_TIMEOUT_MS);
        await spawned.end();
      },
    };
  } catch (error) {
    await spawned.end();
    throw error;
  }
}

async function openWatch(socket: CommandSocket): Promise<WorkerWatch> {
  const { targetId } = await socket.send<{ targetId: string }>('Target.createTarget', { url: 'about:blank' });
  return watchWorkers(await attachToPage(socket, targetId));
}
