import type { RawPage } from '../support/raw-chromium-page.ts';
import { CLIENT_WORKER, PAGE_KIT, PORTS_WORKER } from './ports-scripts.ts';
import type { Service, ServiceOptions } from './service-origin.ts';
import type { Site, SiteOptions } from './site-origin.ts';
import type { World } from './world.ts';

type Outcome = { readonly value?: unknown; readonly error?: { readonly name: string; readonly message: string } };

/** What `PAGE_KIT` defines in a page, for functions that run there. */
export type PageKit = {
  readonly ports: Readonly<Record<string, MessagePort>>;
  /** What a held port has received, by its key. */
  readonly received: Readonly<Record<string, readonly unknown[]>>;
  /** How many `close` events a held port has got, by its key. */
  readonly closed: Readonly<Record<string, number>>;
  hold(key: string, port: MessagePort): void;
  connect(key: string, url: string, options?: { readonly name?: string; readonly data?: unknown }): Promise<void>;
  post(key: string, messages: readonly unknown[]): void;
  until<Found>(probe: () => Found | Promise<Found>, timeoutMs: number): Promise<Found | undefined>;
  ask(origin: string, script: string): Promise<Outcome>;
  tell(script: string): Promise<Outcome>;
  startWorker(): Promise<void>;
};

/** An event of `self.ports` that a worker has noted. */
export type PortsEvent = {
  readonly type: 'message' | 'close';
  readonly data?: unknown;
  readonly name: string;
  readonly origin: string;
};

/** What `PORTS_WORKER` defines in a worker, and what the library adds there, for functions that run there. */
export type WorkerScope = {
  readonly workerKit: { readonly life: string; readonly events: PortsEvent[]; readonly kept: unknown[] };
  readonly ports: EventTarget & {
    add(name: unknown, port: unknown): MessagePort & { readonly name: string };
    match(name: unknown): Promise<readonly (MessagePort & { readonly name: string; readonly origin: string })[]>;
  };
  readonly navigator: { connect(url: string, options?: object): Promise<MessagePort> };
};

/** A page of a site that is a client, with what a case does in it, in its worker and in the service's. */
export type PortsClient = {
  readonly page: RawPage;
  readonly site: Site;
  readonly service: Service;
  connect(key: string, path: string): Promise<void>;
  post(key: string, ...messages: readonly unknown[]): Promise<void>;
  /** What the port has received once that is so many, or after 8 s. */
  received(key: string, count: number): Promise<readonly unknown[]>;
  /** Whether the port gets a `close` event within the time. */
  isClosed(key: string, timeoutMs?: number): Promise<boolean>;
  /** Runs a self-contained function in the service's worker, in an event of its own; throws what it throws. */
  inService<Args extends readonly unknown[], Result>(
    run: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result>;
  /** Runs a self-contained function in the site's own worker. */
  inWorker<Args extends readonly unknown[], Result>(
    run: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result>;
  stopService(): Promise<void>;
  stopWorker(): Promise<void>;
};

/** How a client comes about; what is left out is made. */
export type ClientOptions = {
  readonly service?: Service;
  readonly serviceOptions?: Partial<ServiceOptions>;
  readonly site?: Site;
  readonly siteOptions?: SiteOptions;
  /** Whether the site's own worker is started. */
  readonly hasWorker?: boolean;
};

declare const pageKit: PageKit;

/** How long a case waits for what should happen at once. */
const PATIENCE_MS = 8_000;

/** Opens a page of a client and has the service installed for its site. */
export async function openClient(world: World, options: ClientOptions = {}): Promise<PortsClient> {
  const service = options.service ?? world.addService({ script: PORTS_WORKER, ...options.serviceOptions });
  const site = options.site ?? world.addSite({ head: PAGE_KIT, workerScript: CLIENT_WORKER, ...options.siteOptions });
  const page = await world.openPage(site);
  if (options.hasWorker === true) await page.evaluate(() => pageKit.startWorker());
  await page.evaluate((url) => fetch(url).then(() => undefined), service.installUrl);
  return createClient(world, page, site, service);
}

function createClient(world: World, page: RawPage, site: Site, service: Service): PortsClient {
  return {
    page,
    site,
    service,
    connect: (key, path) => page.evaluate((name, url) => pageKit.connect(name, url), key, service.origin + path),
    post: (key, ...messages) => page.evaluate((name, all) => pageKit.post(name, all), key, messages),
    received: (key, count) =>
      page.evaluate(
        async (name, wanted, timeoutMs) => {
          await pageKit.until(() => pageKit.received[name]!.length >= wanted, timeoutMs);
          return pageKit.received[name]!;
        },
        key,
        count,
        PATIENCE_MS,
      ),
    isClosed: (key, timeoutMs = PATIENCE_MS) =>
      page.evaluate(
        async (name, waitMs) => (await pageKit.until(() => pageKit.closed[name]! > 0, waitMs)) ?? false,
        key,
        timeoutMs,
      ),
    inService: async (run, ...args) =>
      unwrap(await page.evaluate((...given) => pageKit.ask(...given), service.origin, formatScript(run, args))),
    inWorker: async (run, ...args) =>
      unwrap(await page.evaluate((script) => pageKit.tell(script), formatScript(run, args))),
    stopService: () => world.browser.stopWorkers((url) => url === service.origin + service.scriptPath),
    stopWorker: () => world.browser.stopWorkers((url) => url === `${site.origin}/sw.js`),
  };
}

/** `__name` is what esbuild's keepNames leaves in the source of functions. */
function formatScript(run: (...args: never) => unknown, args: readonly unknown[]): string {
  return `(() => { const __name = (named) => named; return (${run})(...${JSON.stringify(args)}); })()`;
}

function unwrap({ value, error }: Outcome): never {
  if (error !== undefined) throw Object.assign(new Error(error.message), { name: error.name });
  return value as never;
}
