import { ANSWER_DEADLINE_MS, CLAIM_DEADLINE_MS, SILENCE_MS } from '../limits.ts';
import { define, type ForeignReply, message } from '../protocol.ts';
import type { Send } from './request-connection.ts';

/** Services that have said nothing in time, and until when they are not asked again. */
const silentUntilMs = new Map<string, number>();

/**
 * Asks a foreign worker for an answer; undefined where the network has to answer.
 *
 * It has until CLAIM_DEADLINE_MS to say that it handles the request, and from then on ANSWER_DEADLINE_MS to answer.
 * One that says nothing in time is not asked again for SILENCE_MS.
 * Rejects with the signal's reason when the request is aborted; the worker's request is aborted, too.
 */
export async function askForeign(request: Request, send: Send): Promise<Response | undefined> {
  const { url, method, mode, destination, redirect, headers, signal } = request;
  const { origin } = new URL(url);
  if ((silentUntilMs.get(origin) ?? 0) > Date.now()) return undefined;
  const body = method === 'POST' ? { body: await request.clone().arrayBuffer() } : {};
  const wire = { url: url.replace(/#.*/, ''), method, mode, destination, redirect, headers: [...headers], ...body };
  const { port1, port2 } = new MessageChannel();
  const reply = await new Promise<ForeignReply | undefined>((resolve, reject) => {
    const giveUp = () => {
      port1.postMessage(message('abort', {}));
      if (signal.aborted) reject(signal.reason);
      resolve(undefined);
    };
    let deadline = setTimeout(() => {
      silentUntilMs.set(origin, Date.now() + SILENCE_MS);
      giveUp();
    }, CLAIM_DEADLINE_MS);
    port1.onmessage = ({ data }) => {
      clearTimeout(deadline);
      if (data?.nc === 'claimed') deadline = setTimeout(giveUp, ANSWER_DEADLINE_MS);
      else resolve(data);
    };
    signal.addEventListener('abort', giveUp);
    send(message('fetch', { request: wire, to: origin }), [port2]);
  });
  if (reply?.nc === 'error') return Response.error();
  if (reply?.nc !== 'answer') return undefined;
  const { status, statusText } = reply;
  // The constructor parses: what is no response, a TypeError, is a network error like any other.
  const response = new Response(reply.body, { status, statusText, headers: reply.headers as [string, string][] });
  return define(response, { url: wire.url, type: 'cors' });
}

/**
 * Makes a `fetch()` that asks foreign workers first; where `consult` has no answer the network is asked, by `native`.
 *
 * While `isOfUse` says no, requests are not even built. A network error is a TypeError, as in any `fetch()`.
 */
export function createFallingFetch(
  native: typeof fetch,
  consult: (request: Request) => Promise<Response | undefined>,
  isOfUse = () => true,
): typeof fetch {
  return async (input, init) => {
    const isAsked = isOfUse();
    const answer = isAsked
      ? await consult(new Request(input instanceof Request ? input.clone() : input, init))
      : undefined;
    if (answer?.type === 'error') throw new TypeError('Failed to fetch');
    return answer ?? native(input, init);
  };
}
