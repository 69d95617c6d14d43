import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { parseBatch } from '../sites/tally/batch.ts';
import { siteOfHost } from './site-of-host.ts';
import type { TallyStore } from './tally-store.ts';

const MAX_BODY_BYTES = 8192;

/** What a request to the tally's server is answered with; a 4xx says what is wrong. */
type Answer = { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> };

/**
 * Answers `POST /collect` and `GET /totals` on the tally's host, and leaves everything else to the next handler.
 *
 * While `mayCollect` says no, batches are answered with 503.
 */
export function createTallyHandler(
  store: TallyStore,
  mayCollect: () => boolean,
  next: RequestListener,
): RequestListener {
  return (request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0];
    const isOurs = siteOfHost(request.headers.host) === 'tally' && (path === '/collect' || path === '/totals');
    if (!isOurs) return next(request, response);
    const answer = path === '/collect' ? collect(request, store, mayCollect) : answerTotals(request, store);
    void Promise.resolve(answer).then(
      (given) => send(request, response, given),
      () => response.destroy(),
    );
  };
}

function answerTotals({ method }: IncomingMessage, store: TallyStore): Answer {
  if (method !== 'GET' && method !== 'HEAD') return refuseMethod('GET, HEAD');
  return { status: 200, body: store.totals() };
}

async function collect(request: IncomingMessage, store: TallyStore, mayCollect: () => boolean): Promise<Answer> {
  const { method, headers } = request;
  if (method !== 'POST') return refuseMethod('POST');
  // Another site's page could post a form here; it cannot send JSON without asking first, and is not answered.
  if (!/^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '')) {
    return problem(415, 'Send application/json.');
  }
  if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`) {
    return problem(403, 'Only the worker of this origin collects.');
  }
  const text = await readBody(request);
  if (text === undefined) return problem(413, `At most ${MAX_BODY_BYTES} bytes.`, { Connection: 'close' });
  if (!mayCollect()) return problem(503, 'Nothing is collected now; send the batch again later.');
  return addBatch(text, store);
}

function addBatch(text: string, store: TallyStore): Answer {
  const parsed = parseBatch(parseJson(text));
  if (parsed.state === 'problem') return problem(400, parsed.detail);
  const outcome = store.add(parsed.batch);
  if (outcome.state === 'full') return problem(422, 'Too many origins, or too many events of this one.');
  return { status: 200, body: outcome };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No batch either: the answer says that the body is no JSON object.
    return undefined;
  }
}

/** Reads a body as text; undefined where it is too long. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    sizeBytes += (chunk as Uint8Array).byteLength;
    if (sizeBytes > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function refuseMethod(allowed: string): Answer {
  return problem(405, `Only ${allowed} here.`, { Allow: allowed });
}

function problem(status: number, detail: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, body: { status, detail }, headers: { 'Content-Type': 'application/problem+json', ...headers } };
}

function send(request: IncomingMessage, response: ServerResponse, { status, body, headers }: Answer): void {
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...headers,
  });
  response.end(request.method === 'HEAD' ? undefined : JSON.stringify(body));
}
