import type { RawPage } from '../support/raw-chromium-page.ts';
import type { LoggedEvent } from './foreign-service.ts';
import type { Service } from './service-origin.ts';
import type { Site } from './site-origin.ts';
import type { World } from './world.ts';

/** What a page's `fetch()` came to: its answer, or the name of its error. */
export type Outcome = {
  readonly error?: string;
  readonly type?: string;
  readonly url?: string;
  readonly status?: number;
  readonly headers?: readonly string[];
  readonly text?: string;
};

/** A request that a page is to make; the options are those of `fetch()` as far as they are JSON. */
export type Wanted = string | { readonly url: string; readonly options: Readonly<Record<string, unknown>> };

const READY_DEADLINE_MS = 10_000;

/** Has a page meet the service, and waits until its requests are answered by the service's worker. */
export async function installService(page: RawPage, service: Service, folder = '/resources'): Promise<void> {
  await askTexts(page, service.installUrl);
  await awaitService(page, service, folder);
}

/** Waits until a page's requests are answered by the service's worker. */
export function awaitService(page: RawPage, service: Service, folder = '/resources'): Promise<void> {
  return page.evaluate(
    async (probeUrl, deadlineMs) => {
      for (const startedMs = Date.now(); Date.now() - startedMs < deadlineMs; ) {
        const said = await fetch(probeUrl).then(
          (response) => response.text(),
          (error) => String(error),
        );
        if (said === 'foreign') return;
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
      throw new Error(`The worker of ${probeUrl} answers nothing.`);
    },
    `${service.origin}${folder}/probe`,
    READY_DEADLINE_MS,
  );
}

/** Opens a page of a site that its own worker controls. */
export async function openControlledPage(world: World, site: Site): Promise<RawPage> {
  const page = await world.openPage(site);
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/sw.js');
    await navigator.serviceWorker.ready;
  });
  await page.goto(`${site.origin}/`);
  await page.evaluate(() => {
    if (!navigator.serviceWorker.controller) throw new Error('The page has no worker.');
  });
  return page;
}

/** Opens a page of a new site without a worker, for which the service is installed. */
export async function openClient(world: World, service: Service): Promise<RawPage> {
  const page = await world.openPage(world.addSite());
  await installService(page, service);
  return page;
}

/** Opens a page of a new site with a worker of its own, for which the service is installed. */
export async function openWorkerClient(world: World, service: Service, workerScript = ''): Promise<RawPage> {
  const page = await openControlledPage(world, world.addSite({ workerScript }));
  await installService(page, service);
  return page;
}

/** Opens both kinds of pages, that without and that with a worker. */
export function openClients(world: World, service: Service): Promise<readonly [RawPage, RawPage]> {
  return Promise.all([openClient(world, service), openWorkerClient(world, service)]);
}

/** Has a page fetch all URLs at once. */
export function ask(page: RawPage, ...wanted: readonly Wanted[]): Promise<readonly Outcome[]> {
  const calls = wanted.map((one) => (typeof one === 'string' ? { url: one, options: {} } : one));
  return page.evaluate(
    (all) =>
      Promise.all(
        all.map(({ url, options }) =>
          fetch(url, options).then(
            async (response) => ({
              type: response.type,
              url: response.url,
              status: response.status,
              headers: [...response.headers.keys()],
              text: await response.text(),
            }),
            (error: Error) => ({ error: error.name }),
          ),
        ),
      ),
    calls,
  );
}

/** Has a page fetch all URLs at once: the texts of the answers, or the names of the errors. */
export async function askTexts(page: RawPage, ...wanted: readonly Wanted[]): Promise<readonly string[]> {
  return (await ask(page, ...wanted)).map(({ text, error }) => error ?? text ?? '');
}

/** Has a page fetch JSON that the service's worker makes. */
export async function askJson(page: RawPage, url: string): Promise<unknown> {
  const [text = ''] = await askTexts(page, url);
  return JSON.parse(text);
}

/** Reads which fetch events the service's worker has seen for a path, in this page's partition. */
export async function readEvents(page: RawPage, service: Service, path: string): Promise<readonly LoggedEvent[]> {
  let text: string | undefined;
  // Under load the worker may be too late: then the network has answered.
  for (let i = 0; i < 20 && !text?.startsWith('['); i++) {
    [text] = await askTexts(page, `${service.origin}/resources/log`);
  }
  return (JSON.parse(text ?? '') as readonly LoggedEvent[]).filter((event) => event.path === path);
}

/** Has a page send an XMLHttpRequest; status 0 is a network error. */
export function sendXhr(page: RawPage, url: string): Promise<{ readonly status: number; readonly text: string }> {
  return page.evaluate(
    (target) =>
      new Promise<{ status: number; text: string }>((resolve) => {
        const xhr = new XMLHttpRequest();
        xhr.onloadend = () => resolve({ status: xhr.status, text: xhr.responseText });
        xhr.open('GET', target);
        xhr.send();
      }),
    url,
  );
}

/** Has a page load an image without CORS: its width, or 0 if it is none. */
export function loadImage(page: RawPage, url: string): Promise<number> {
  return page.evaluate(
    (src) =>
      new Promise<number>((resolve) => {
        const image = new Image();
        image.onload = () => resolve(image.naturalWidth);
        image.onerror = () => resolve(0);
        image.src = src;
      }),
    url,
  );
}

/** An image of a width that tells who has made it. */
export function drawImage(width: number): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="1"/>`;
}
