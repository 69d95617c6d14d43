import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { createSecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';

/** Headers of an answer; an array repeats the line, an empty text leaves the header out, Content-Type too. */
export type AnswerHeaders = Readonly<Record<string, string | readonly string[]>>;

/** What a path answers. */
export type Answer = {
  readonly status?: number;
  readonly headers?: AnswerHeaders;
  readonly body?: string | Uint8Array;
  readonly delayMs?: number;
  /** Leaves the request without an answer. */
  readonly never?: true;
  /** Closes the connection without an answer: a network error. */
  readonly drop?: true;
};

/** Answers a request; `undefined` means 404. */
export type Handler = (request: {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
}) => Answer | undefined | Promise<Answer | undefined>;

/** Answers by path, without the query; `*` answers for the paths that are not listed. */
export type Routes = Readonly<Record<string, Answer | Handler>>;

/** A request that reached an origin; the path has its query. */
type CountedRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly atMs: number;
};

/** One origin of the server: what it answers, and what it was asked. */
export type Origin = {
  /** Like `http://label.localhost:port`, without a slash at the end. */
  readonly origin: string;
  /** Requests since the last `reset`, in order; preflights and favicons are requests too. */
  requests(): readonly CountedRequest[];
  reset(): void;
  setRoute(path: string, answer: Answer | Handler): void;
};

/** `localhost` is a secure context over plain http, `test` is none (and must be mapped to loopback). */
export type OriginDomain = 'localhost' | 'test';

/** A loopback server for any number of origins. */
export type OriginServer = {
  readonly port: number;
  /** Adds an origin by the first label of its host name; throws where it exists. */
  addOrigin(hostLabel: string, routes: Routes, domain?: OriginDomain): Origin;
  close(): Promise<void>;
};

type Site = { readonly origin: Origin; answer(request: IncomingMessage): Promise<Answer> };

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  css: 'text/css',
  json: 'application/json',
  txt: 'text/plain; charset=utf-8',
  png: 'image/png',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
  ttf: 'font/ttf',
};
const NOT_FOUND: Answer = { status: 404, body: 'Not found' };
/** Browsers ask for it unasked; a 404 would be an error in the page's console. */
const NO_ICON: Answer = { status: 204 };
const DEFAULT_CONTENT_TYPE = 'text/html; charset=utf-8';

/**
 * Starts the server on a free port of 127.0.0.1; with a certificate it speaks HTTP/2 and its origins are `https:`.
 */
export async function startOriginServer(certificate?: {
  readonly key: string;
  readonly cert: string;
}): Promise<OriginServer> {
  const sites = new Map<string, Site>();
  const listen = async (request: IncomingMessage, response: ServerResponse) => {
    const authority = request.headers[':authority'] ?? request.headers.host ?? '';
    const [host = ''] = String(authority).split(':');
    const site = sites.get(host);
    if (site === undefined) return send(request, response, { status: 421, body: `There is no ${host} here.` });
    send(request, response, await site.answer(request).catch(describeFailure));
  };
  const { server, end } = createListener(listen, certificate);
  const scheme = certificate === undefined ? 'http' : 'https';
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    addOrigin: (hostLabel, routes, domain = 'localhost') => {
      const host = `${hostLabel}.${domain}`;
      if (sites.has(host)) throw new Error(`The origin ${host} exists.`);
      const site = createSite(`${scheme}://${host}:${port}`, routes);
      sites.set(host, site);
      return site.origin;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        end();
      }),
  };
}

type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

function createListener(listen: Listener, certificate?: { readonly key: string; readonly cert: string }) {
  if (certificate === undefined) {
    const server = createServer(listen);
    return { server, end: () => server.closeAllConnections() };
  }
  // Requests and responses of HTTP/2 have the same shape, by Node's compatibility layer.
  const server = createSecureServer(certificate, listen as never);
  const sockets = new Set<{ destroy(): void }>();
  server.on('connection', (socket: { destroy(): void }) => sockets.add(socket));
  return { server, end: () => sockets.forEach((socket) => void socket.destroy()) };
}

function createSite(origin: string, routes: Routes): Site {
  const answers = new Map(Object.entries(routes));
  let counted: CountedRequest[] = [];
  return {
    origin: {
      origin,
      requests: () => [...counted],
      reset: () => {
        counted = [];
      },
      setRoute: (path, answer) => answers.set(path, answer),
    },
    answer: async ({ method = 'GET', url: path = '/', headers }) => {
      counted.push({ method, path, headers, atMs: Date.now() });
      const url = new URL(origin + path);
      const found = answers.get(url.pathname) ?? answers.get('*');
      const answer = typeof found === 'function' ? await found({ method, url, headers }) : found;
      return answer ?? (url.pathname === '/favicon.ico' ? NO_ICON : NOT_FOUND);
    },
  };
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  if (answer.never === true) return;
  if (answer.drop === true) {
    response.destroy();
    return;
  }
  const finish = () => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    response.statusCode = answer.status ?? 200;
    for (const [name, value] of Object.entries({ 'Content-Type': contentTypeOf(pathname), ...answer.headers })) {
      if (value === '') response.removeHeader(name);
      else response.setHeader(name, value);
    }
    response.end(request.method === 'HEAD' ? undefined : answer.body);
  };
  if (answer.delayMs === undefined) finish();
  else setTimeout(finish, answer.delayMs).unref();
}

function contentTypeOf(pathname: string): string {
  return CONTENT_TYPES[/\.(\w+)$/.exec(pathname)?.[1] ?? ''] ?? DEFAULT_CONTENT_TYPE;
}

function describeFailure(error: unknown): Answer {
  return { status: 500, headers: { 'Content-Type': 'text/plain' }, body: `The handler threw: ${String(error)}` };
}
