import type { Answer, AnswerHeaders, Origin, OriginDomain, Routes } from '../support/origin-server.ts';
import type { PlatformFiles } from './platform-files.ts';

/** A service to add to the world. */
export type ServiceOptions = {
  /** The code of its service worker, after `importScripts('/connect-worker.js')`. */
  readonly script: string;
  /** `/sw.js` where it is left out. */
  readonly scriptPath?: string;
  /** `/` where it is left out. */
  readonly scope?: string;
  /** More paths, or others in place of the service's own. */
  readonly routes?: Routes;
  /** More headers by path, for the service's own paths; an empty text leaves a header out. */
  readonly headers?: Readonly<Record<string, AnswerHeaders>>;
  readonly domain?: OriginDomain;
};

/** An origin that offers a service over `navigator.connect`. */
export interface Service extends Origin {
  readonly scriptPath: string;
  readonly scope: string;
  /** The resource whose headers ask for the installation of the worker. */
  readonly installUrl: string;
  /** Replaces the code of the worker, for the next update. */
  setScript(script: string): void;
}

/** The path at which every service serves the hidden frame. */
export const BRIDGE_PATH = '/.well-known/navigator-connect';

const SHARED: AnswerHeaders = {
  'Access-Control-Allow-Origin': '*',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

/** The headers by which a resource asks for the installation of a worker, readable across origins. */
export function formatInstallHeaders(scriptPath: string, scope: string): AnswerHeaders {
  return {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': 'Service-Worker-Script, Service-Worker-Scope',
    'Service-Worker-Script': scriptPath,
    'Service-Worker-Scope': scope,
    'Timing-Allow-Origin': '*',
    'Server-Timing': `service-worker;desc="${scriptPath}"`,
  };
}

/** Makes a service of options and of the function that adds an origin. */
export function createService(
  platform: PlatformFiles,
  { script, scriptPath = '/sw.js', scope = '/', routes = {}, headers = {}, domain }: ServiceOptions,
  addOrigin: (routes: Routes, domain?: OriginDomain) => Origin,
): Service {
  const own = (path: string, answer: Answer): Answer => ({
    ...answer,
    headers: { ...answer.headers, ...headers[path] },
  });
  const worker = (code: string) =>
    own(scriptPath, {
      headers: { 'Content-Type': 'text/javascript', 'Service-Worker-Allowed': '/' },
      body: `importScripts('/connect-worker.js');\n${code}`,
    });
  const answers: Record<string, Answer> = {
    '/connect.js': { headers: SHARED, body: platform.connectJs },
    '/connect-worker.js': { headers: SHARED, body: platform.connectWorkerJs },
    [BRIDGE_PATH]: {
      headers: {
        'Content-Type': 'text/html',
        'Cross-Origin-Embedder-Policy': 'require-corp',
        'Cross-Origin-Resource-Policy': 'cross-origin',
      },
      body: platform.bridgeHtml,
    },
    '/install.txt': { headers: formatInstallHeaders(scriptPath, scope), body: 'A resource of the service.' },
  };
  const entries = Object.entries(answers).map(([path, answer]) => [path, own(path, answer)] as const);
  const origin = addOrigin({ ...Object.fromEntries(entries), [scriptPath]: worker(script), ...routes }, domain);
  return {
    ...origin,
    scriptPath,
    scope,
    installUrl: `${origin.origin}/install.txt`,
    setScript: (code) => origin.setRoute(scriptPath, worker(code)),
  };
}
