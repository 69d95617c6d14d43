import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Asset, SiteAssets } from './render-assets.ts';
import { siteOfHost } from './site-of-host.ts';

const commonHeaders = { 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff' };

/**
 * Answers GET and HEAD from the rendered assets and from nothing else.
 *
 * A path is only ever looked up, never joined to a folder, so no request can reach another file.
 */
export function createSiteHandler(assets: SiteAssets): RequestListener {
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { ...commonHeaders, Allow: 'GET, HEAD' }).end();
      return;
    }
    const site = assets[siteOfHost(request.headers.host)];
    const asset = site.get(pathOf(request));
    if (asset !== undefined) return send(request, response, 200, asset);
    const missing = site.get('404');
    if (missing !== undefined) return send(request, response, 404, missing);
    response.writeHead(404, commonHeaders).end();
  };
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/';
}

function send(request: IncomingMessage, response: ServerResponse, status: number, asset: Asset): void {
  const headers = { ...commonHeaders, ...asset.headers, ETag: asset.etag };
  if (status === 200 && isFresh(request.headers['if-none-match'], asset.etag)) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(status, {
    ...headers,
    'Content-Type': asset.contentType,
    'Content-Length': asset.body.byteLength,
  });
  response.end(request.method === 'HEAD' ? undefined : asset.body);
}

function isFresh(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  return ifNoneMatch.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === etag);
}
