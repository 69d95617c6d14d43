import type { Answer, Origin, OriginDomain, Routes } from '../support/origin-server.ts';
import type { PlatformFiles } from './platform-files.ts';

/** A site to add to the world. */
export type SiteOptions = {
  /** The body of its page `/`. */
  readonly html?: string;
  /** More markup for the head of its pages, after connect.js. */
  readonly head?: string;
  /** The code of its own service worker at `/sw.js`, after `importScripts('/connect-worker.js')`. */
  readonly workerScript?: string;
  /** The service whose copy of connect.js the pages load; without it they load the site's own. */
  readonly connectFrom?: Origin;
  /** More attributes of the script element that loads connect.js. */
  readonly connectAttributes?: string;
  /** Pages without connect.js: a site that never opted in. */
  readonly isPlain?: true;
  /** More paths, or others in place of the site's own. */
  readonly routes?: Routes;
  readonly domain?: OriginDomain;
};

/** An origin whose pages are clients of services. */
export interface Site extends Origin {
  /** A page with the site's head and another body, for `setRoute`. */
  page(body: string): Answer;
  /** Replaces the code of the site's own service worker, for the next update. */
  setWorkerScript(script: string): void;
}

/** Makes a site of options and of the function that adds an origin. */
export function createSite(
  platform: PlatformFiles,
  options: SiteOptions,
  addOrigin: (routes: Routes, domain?: OriginDomain) => Origin,
): Site {
  const page = (body: string): Answer => ({
    headers: { 'Content-Type': 'text/html; charset=utf-8' },
    body: `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">${formatHead(options)}<body>${body}`,
  });
  const worker = (code: string): Answer => ({ body: `importScripts('/connect-worker.js');\n${code}` });
  const routes: Routes = {
    '/': page(options.html ?? ''),
    '/connect.js': { body: platform.connectJs },
    '/connect-worker.js': { body: platform.connectWorkerJs },
    ...(options.workerScript === undefined ? {} : { '/sw.js': worker(options.workerScript) }),
    ...options.routes,
  };
  const origin = addOrigin(routes, options.domain);
  return { ...origin, page, setWorkerScript: (code) => origin.setRoute('/sw.js', worker(code)) };
}

function formatHead({ head = '', connectFrom, connectAttributes = '', isPlain }: SiteOptions): string {
  if (isPlain === true) return head;
  return `<script src="${connectFrom?.origin ?? ''}/connect.js" ${connectAttributes}></script>${head}`;
}
