import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchRawChromium } from '../../support/raw-chromium.ts';
import type { ChromiumCase } from '../case-definition.ts';
import { openClient, type WorkerScope } from '../ports-client.ts';
import { createWorld, type World } from '../world.ts';

declare const self: WorkerScope;

/** Ends a browser and starts it again with the same profile; both see the same origins. */
async function runAcrossRestart(
  world: World,
  before: (world: World) => Promise<(world: World) => Promise<void>>,
): Promise<void> {
  const profileFolder = await mkdtemp(join(tmpdir(), 'typecase-restart-'));
  try {
    let run: (world: World) => Promise<unknown> = before;
    for (const life of ['first', 'second']) {
      const browser = await launchRawChromium({ thirdPartyCookies: world.cookies, profileFolder });
      const { world: own, dispose } = createWorld({ ...world, browser }, `p-14-${life}`);
      try {
        run = (await run(own)) as typeof run;
        if (life === 'second') await dispose();
      } finally {
        await browser.close();
      }
    }
  } finally {
    await rm(profileFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/** Restarts a real browser: a port whose other end is a page ends with it, one between two workers goes on. */
export const restartCase: ChromiumCase = {
  id: 'P-14',
  where: 'chromium',
  title: "a browser's restart drops the ports of pages, and leaves those between service workers connected",
  run: (world) =>
    runAcrossRestart(world, async (first) => {
      const before = await openClient(first, { hasWorker: true });
      const { service, site } = before;
      await before.connect('port', '/store/of-page');
      await before.inWorker(async (url) => {
        self.ports.add('mine', await self.navigator.connect(url));
      }, `${service.origin}/store/theirs`);
      const counts = await before.inService(
        async (...names) => Promise.all(names.map(async (name) => (await self.ports.match(name)).length)),
        'of-page',
        'theirs',
      );
      assert.deepEqual(counts, [1, 1]);
      return async (second) => {
        const after = await openClient(second, { hasWorker: true, service, site });
        const count = (name: string) => after.inService(async (one) => (await self.ports.match(one)).length, name);
        assert.deepEqual([await count('of-page'), await count('theirs')], [0, 1]);
        const answer = await after.inWorker(async () => {
          const answered = new Promise((resolve) => self.ports.addEventListener('message', resolve, { once: true }));
          const [port] = await self.ports.match('mine');
          port!.postMessage({ echo: 'still there' });
          const { data } = (await answered) as MessageEvent;
          return [data.echoed, data.name];
        });
        assert.deepEqual(answer, ['still there', 'theirs']);
        const events = await after.inService(() => self.workerKit.events.map(({ type, name }) => `${type} ${name}`));
        assert.deepEqual(events, ['close of-page', 'message theirs']);
      };
    }),
};
