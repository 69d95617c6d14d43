import { ANSWER_DEADLINE_MS, CLAIM_DEADLINE_MS } from '../limits.ts';
import { define, type ForeignReply, message } from '../protocol.ts';
import type { Send } from './request-connection.ts';

/**
 * Asks a foreign worker for an answer; undefined where the network has to answer.
 *
 * It has until CLAIM_DEADLINE_MS to say that it handles the request, and from then on ANSWER_DEADLINE_MS to answer.
 * Rejects with the signal's reason when the request is aborted; the worker's request is aborted, too.
 */
export async function askForeign(request: Request, send: Send): Promise<Response | undefined> {
  const { url, method, mode, destination, redirect, headers, signal } = request;
  const body = method === 'POST' ? { body: await request.clone().arrayBuffer() } : {};
  const wire = { url: url.replace(/#.*/, ''), method, mode, destination, redirect, headers: [...headers], ...body };
  const { port1, port2 } = new MessageChannel();
  const reply = await new Promise<ForeignReply | undefined>((resolve, reject) => {
    const giveUp = () => {
      port1.postMessage(message('abort', {}));
      if (signal.aborted) reject(signal.reason);
      resolve(undefined);
    };
    let deadline = setTimeout(giveUp, CLAIM_DEADLINE_MS);
    port1.onmessage = ({ data }) => {
      clearTimeout(deadline);
      if (data?.nc === 'claimed') deadline = setTimeout(giveUp, ANSWER_DEADLINE_MS);
      else resolve(data);
    };
    signal.addEventListener('abort', giveUp);
    send(message('fetch', { request: wire, to: new URL(url).origin }), [port2]);
  });
  if (reply?.nc === 'error') return Response.error();
  if (reply?.nc !== 'answer') return undefined;
  const { status, statusText } = reply;
  // The constructor parses: what is no response, a TypeError, is a network error like any other.
  const response = new Response(reply.body, { status, statusText, headers: reply.headers as [string, string][] });
  return define(response, { url: wire.url, type: 'cors' });
}

/** Answers as `fetch()` does: a network error is a TypeError. */
export function throwNetworkError(response: Response): Response {
  if (response.type === 'error') throw new TypeError('Failed to fetch');
  return response;
}
