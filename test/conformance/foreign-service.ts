import type { Handler } from '../support/origin-server.ts';
import type { Service, ServiceOptions } from './service-origin.ts';
import type { World } from './world.ts';

/** A service whose worker answers requests of other sites. */
export type ForeignOptions = Omit<ServiceOptions, 'script'> & {
  /** What its install listener does with `event`; it registers `/resources` where it is left out. */
  readonly register?: string;
  /** More code: `on(path, listener)` adds a listener of fall-through requests, `share(body, init)` makes an exposed response. */
  readonly code?: string;
  /** The folder of the probe and the log, `/resources` where it is left out; it must be registered. */
  readonly folder?: string;
};

/** What the worker notes of each fetch event. */
export type LoggedEvent = { readonly path: string; readonly isFallThrough: boolean; readonly atMs: number };

/** Adds a service; the network answers `network` to all paths that nobody answers, and allows every preflight. */
export function addForeignService(world: World, options: ForeignOptions = {}): Service {
  const { register: _register, code: _code, folder: _folder, routes, ...rest } = options;
  return world.addService({ ...rest, script: foreignScript(options), routes: { '*': answerOpenly, ...routes } });
}

/** The code of such a service's worker. */
export function foreignScript({
  folder = '/resources',
  register = `event.handleFallThroughRequests(['${folder}']);`,
  code = '',
}: ForeignOptions): string {
  return `
    const log = [];
    const listeners = new Map();
    const on = (path, listener) => listeners.set(path, listener);
    const share = (body, init = {}) =>
      new Response(body, { ...init, headers: { 'Access-Control-Allow-Origin': '*', ...init.headers } });
    self.addEventListener('install', (event) => { ${register} });
    self.addEventListener('fetch', (event) => {
      const { pathname } = new URL(event.request.url);
      log.push({ path: pathname, isFallThrough: event.isFallThrough, atMs: Date.now() });
      if (event.isFallThrough) (listeners.get(pathname) ?? listeners.get('*'))?.(event);
    });
    on('${folder}/probe', (event) => event.respondWith(share('foreign')));
    on('${folder}/log', (event) => event.respondWith(share(JSON.stringify(log))));
    ${code}`;
}

/** How many requests for a path, without its query, have reached an origin. */
export function countRequests(origin: Pick<Service, 'requests'>, path: string, method?: string): number {
  return origin
    .requests()
    .filter((request) => request.path.split('?')[0] === path && (method ?? request.method) === request.method).length;
}

const answerOpenly: Handler = () => ({
  headers: {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': 'PUT, DELETE',
    'Access-Control-Allow-Headers': '*',
    'Content-Type': 'text/plain',
  },
  body: 'network',
});
