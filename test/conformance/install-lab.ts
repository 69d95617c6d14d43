import { setTimeout as delay } from 'node:timers/promises';
import type { Answer, AnswerHeaders, Routes } from '../support/origin-server.ts';
import type { RawPage } from '../support/raw-chromium-page.ts';
import { formatInstallHeaders, type Service, type ServiceOptions } from './service-origin.ts';
import type { Site, SiteOptions } from './site-origin.ts';
import type { World } from './world.ts';

/** A registration of a service, by paths; `version` is empty, `installing`, `waiting` or `active`. */
type Registered = { readonly scope: string; readonly script: string; readonly version: string };

/** What a page got by `fetch()`. */
type Fetched = {
  readonly status: number;
  readonly type: string;
  readonly bytes: readonly number[];
  /** The install headers that the page's script could read. */
  readonly script: string | null;
  readonly scope: string | null;
};

/** A service, and a page of another site that loads resources of it. */
export interface InstallLab {
  readonly world: World;
  readonly service: Service;
  readonly site: Site;
  readonly page: RawPage;
  /** Has the page fetch a path of the service or a URL, by CORS. */
  fetch(path: string): Promise<Fetched>;
  /** The registrations of an origin with `INSPECTION_ROUTES`, the service where it is left out, inside the page. */
  registrations(origin?: string): Promise<readonly Registered[]>;
  /** Waits until the scopes given are all registered with an active worker. */
  waitFor(scopes: readonly string[], origin?: string): Promise<readonly Registered[]>;
  /** Has a registration updated; resolves to `updated` or the name of the error. */
  update(scope: string): Promise<string>;
  /**
   * Has two more workers installed, one after the other; what was asked for before and is going to be installed at all, is
   * registered then.
   *
   * Resolves to the other scopes that are registered, sorted.
   */
  settle(): Promise<readonly string[]>;
}

const INSPECTION_PATH = '/inspection.html';
const INSPECTION_HTML = `<!doctype html><script>
  const pathOf = (url) => { const { pathname, search } = new URL(url); return pathname + search; };
  const describe = ({ scope, installing, waiting, active }) => ({
    scope: pathOf(scope),
    script: pathOf((active ?? waiting ?? installing)?.scriptURL ?? location.href),
    version: active?.state === 'activated' ? 'active' : waiting ? 'waiting' : installing ? 'installing' : '',
  });
  addEventListener('message', async ({ data: { update }, ports: [port] }) => {
    const all = await navigator.serviceWorker.getRegistrations();
    if (update === undefined) return port.postMessage(all.map(describe));
    const registration = all.find(({ scope }) => pathOf(scope) === update);
    port.postMessage(await registration.update().then(() => 'updated', ({ name }) => name));
  });
</script>`;

/** What an origin serves whose registrations can be seen from pages of others. */
export const INSPECTION_ROUTES: Routes = {
  [INSPECTION_PATH]: {
    headers: { 'Content-Type': 'text/html', 'Cross-Origin-Resource-Policy': 'cross-origin' },
    body: INSPECTION_HTML,
  },
};

const WAIT_DEADLINE_MS = 9_000;
const POLL_MS = 60;

/** The explainer's headers, readable for CORS requests; without a scope that header is left out. */
export function installHeaders(script: string, scope = '', more: AnswerHeaders = {}): AnswerHeaders {
  return {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': 'Service-Worker-Script, Service-Worker-Scope',
    'Service-Worker-Script': script,
    'Service-Worker-Scope': scope,
    ...more,
  };
}

/** A text that asks for the installation of a worker. */
export function asking(script: string, scope?: string, more?: AnswerHeaders): Answer {
  return { headers: installHeaders(script, scope, more), body: `It asks for ${script}.` };
}

/** Headers that a page notices on a response of any kind; without a scope that header is left out. */
export function hintedHeaders(script: string, scope = ''): AnswerHeaders {
  return formatInstallHeaders(script, scope);
}

/** The script of a worker that does nothing. */
export function idleWorker(headers: AnswerHeaders = {}): Answer {
  return { headers: { 'Content-Type': 'text/javascript', ...headers }, body: '// It does nothing.' };
}

/** Polls until the function returns something else than undefined; throws what `describe` says after 9 s. */
export async function poll<Value>(
  read: () => Value | undefined | Promise<Value | undefined>,
  describe: () => string,
): Promise<Value> {
  for (const startedMs = Date.now(); Date.now() - startedMs < WAIT_DEADLINE_MS; await delay(POLL_MS)) {
    const value = await read();
    if (value !== undefined) return value;
  }
  throw new Error(describe());
}

/** Adds a service whose registrations can be inspected, a site, and a page of that site. */
export async function openInstallLab(
  world: World,
  routes: Routes,
  { service: options, site: siteOptions }: { service?: Partial<ServiceOptions>; site?: SiteOptions } = {},
): Promise<InstallLab> {
  const service = world.addService({
    script: '',
    ...options,
    routes: { ...INSPECTION_ROUTES, ...sentinels(2), ...routes },
  });
  const site = world.addSite(siteOptions);
  const page = await world.openPage(site);
  return createLab(world, service, site, page);
}

const sentinelPath = (number: number) => `/sentinel-${number}/`;

function sentinels(count: number): Routes {
  const numbers = Array.from({ length: count }, (_, index) => index);
  const routes = numbers.flatMap((number) => [
    [`${sentinelPath(number)}x.txt`, asking(`${sentinelPath(number)}sw.js`)] as const,
    [`${sentinelPath(number)}sw.js`, idleWorker()] as const,
  ]);
  return Object.fromEntries(routes);
}

function createLab(world: World, service: Service, site: Site, page: RawPage): InstallLab {
  const ask = (origin: string, task: { update?: string }) =>
    page.evaluate(askInspector, origin + INSPECTION_PATH, task) as Promise<unknown>;
  const registrations = async (origin = service.origin) => (await ask(origin, {})) as readonly Registered[];
  const fetchPath = (path: string) => page.evaluate(fetchInPage, new URL(path, service.origin).href);
  const waitFor = async (scopes: readonly string[], origin?: string) => {
    let seen: readonly Registered[] = [];
    const isActive = (scope: string) => seen.some((one) => one.scope === scope && one.version === 'active');
    const read = async () => {
      seen = await registrations(origin);
      return scopes.every(isActive) ? seen : undefined;
    };
    return poll(read, () => `Not all of ${scopes.join(' ')} are active: ${JSON.stringify(seen)}`);
  };
  return {
    world,
    service,
    site,
    page,
    fetch: fetchPath,
    registrations,
    waitFor,
    update: async (scope) => (await ask(service.origin, { update: scope })) as string,
    settle: async () => {
      for (const number of [0, 1]) {
        await fetchPath(`${sentinelPath(number)}x.txt`);
        await waitFor([sentinelPath(number)]);
      }
      const scopes = (await registrations()).map(({ scope }) => scope);
      return scopes.filter((scope) => !scope.startsWith('/sentinel-')).sort();
    },
  };
}

async function askInspector(url: string, task: { update?: string }): Promise<unknown> {
  let frame = [...document.querySelectorAll('iframe')].find(({ src }) => src === url);
  if (frame === undefined) {
    frame = document.createElement('iframe');
    const loaded = new Promise((resolve) => frame?.addEventListener('load', resolve));
    frame.src = url;
    document.body.append(frame);
    await loaded;
  }
  const { port1, port2 } = new MessageChannel();
  frame.contentWindow?.postMessage(task, '*', [port2]);
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
  });
}

async function fetchInPage(url: string): Promise<Fetched> {
  const response = await fetch(url);
  return {
    status: response.status,
    type: response.type,
    bytes: [...new Uint8Array(await response.arrayBuffer())],
    script: response.headers.get('Service-Worker-Script'),
    scope: response.headers.get('Service-Worker-Scope'),
  };
}

/** The requests that reached a service, as `METHOD path`, without those for the library and for inspection. */
export function requestsOf(service: Pick<Service, 'requests'>): readonly string[] {
  return service
    .requests()
    .map(({ method, path }) => `${method} ${path}`)
    .filter((line) => !/ \/(connect|inspection|sentinel|favicon|\.well-known)/.test(line));
}

/** A PNG of one pixel. */
export const PIXEL = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
);
