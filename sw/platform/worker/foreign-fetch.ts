import { exposeResponse } from '../decisions/expose-response.ts';
import { type FallThroughRule, parseFallThroughRule } from '../decisions/fall-through-scopes.ts';
import { isEligible, isSafelisted } from '../decisions/is-eligible.ts';
import { define, type ForeignReply, type Message, parseMessage, type WireRequest } from '../protocol.ts';
import { readList, ruleKey, writeList } from '../store.ts';

declare const self: ServiceWorkerGlobalScope;

/** What a listener may answer with: a response, or one with what of it is exposed to whom. */
type Given =
  | Response
  | { readonly response?: Response; readonly origin?: string; readonly headers?: readonly string[] };

const NULL_BODY_STATUSES = [204, 205, 304];
let handling = 0;

/** Whether this worker is answering another origin's request: what it fetches meanwhile goes no further. */
export function isHandling(): boolean {
  return handling > 0;
}

/**
 * Gives the install event `handleFallThroughRequests(scopes, { origins })`.
 *
 * It throws InvalidStateError once the event has been dispatched, and TypeError for what is no list of scopes inside the
 * worker's; then nothing of the call is registered. What an update registers counts from its activation on.
 * @see explainer, "Solving the Fonts Problem"
 */
export function extendInstallEvent(event: ExtendableEvent): void {
  const rules: FallThroughRule[] = [];
  const { scope } = self.registration;
  const save = () => event.waitUntil(writeList(ruleKey(scope, true), rules));
  save();
  define(event, {
    handleFallThroughRequests: (scopes: unknown, options?: unknown) => {
      if (!event.eventPhase) throw new DOMException('The install event has been dispatched.', 'InvalidStateError');
      rules.push(parseFallThroughRule(scopes, options, scope, self.location.href));
      save();
    },
  });
}

/** From now on this version's rules count. */
export async function activateRules(): Promise<void> {
  const { scope } = self.registration;
  await writeList(ruleKey(scope), await readList(ruleKey(scope, true)));
}

/** The request as this worker's listeners see it: without credentials and referrer, and not to be changed. */
function createRequest({ url, destination: _, headers, ...wire }: WireRequest, signal: AbortSignal): Request {
  const init = { ...wire, headers: headers.filter(([name, value]) => isSafelisted(name, value)), signal };
  const request = new Request(url, { ...(init as RequestInit), credentials: 'omit', referrer: '' });
  const refuse = () => {
    throw new TypeError("A fetch event's request is immutable.");
  };
  define(request.headers, { append: refuse, delete: refuse, set: refuse });
  return request;
}

/** Has this worker's fetch listeners answer another origin's request. */
export async function answerForeign(
  { request, origin = '' }: Message<'fetch'>,
  event: ExtendableMessageEvent,
): Promise<void> {
  const [reply] = event.ports;
  const aborting = new AbortController();
  const say = (said: ForeignReply, transfer: ArrayBuffer[] = []) => reply?.postMessage(said, transfer);
  if (reply) reply.onmessage = ({ data }) => parseMessage(data)?.nc === 'abort' && aborting.abort();
  handling++;
  try {
    if (!isEligible(request, origin)) return say({ nc: 'network' });
    const { answer, isPrevented } = dispatchFallThrough(createRequest(request, aborting.signal), origin, event, say);
    if (!answer) return say({ nc: isPrevented ? 'error' : 'network' });
    const said = await replyWith(await answer, request, origin);
    say(said, said.nc === 'answer' && said.body ? [said.body] : []);
  } catch {
    say({ nc: 'error' });
  } finally {
    handling--;
  }
}

/** Dispatches a fetch event that differs from others in `isFallThrough` and `origin`. */
function dispatchFallThrough(
  request: Request,
  origin: string,
  event: ExtendableEvent,
  say: (said: ForeignReply) => void,
) {
  let answer: Promise<Given> | undefined;
  const foreign = define(new FetchEvent('fetch', { request, cancelable: true }), {
    isFallThrough: true,
    origin,
    waitUntil: (lifetime: Promise<unknown>) => event.waitUntil(lifetime),
    respondWith: (given: Given | Promise<Given>) => {
      if (answer) throw new DOMException('The request is answered already.', 'InvalidStateError');
      foreign.stopImmediatePropagation();
      answer = Promise.resolve(given);
      answer.catch(() => {});
      say({ nc: 'claimed' });
    },
  });
  self.dispatchEvent(foreign);
  return { answer, isPrevented: foreign.defaultPrevented };
}

async function replyWith(given: Given, { mode, method }: WireRequest, clientOrigin: string): Promise<ForeignReply> {
  const { response, origin, headers: exposedHeaders } = given instanceof Response ? { response: given } : given;
  if (!response || response.bodyUsed) return { nc: 'error' };
  const { type, status, statusText, headers } = response;
  const exposed = { ...(origin && { origin }), ...(exposedHeaders && { exposedHeaders }) };
  const exposure = exposeResponse({ type, headers, ...exposed }, mode, clientOrigin);
  if (exposure.verdict !== 'answer') return { nc: exposure.verdict };
  const hasBody = method !== 'HEAD' && !NULL_BODY_STATUSES.includes(status);
  const body = hasBody ? await response.arrayBuffer() : null;
  return { nc: 'answer', status, statusText, headers: exposure.headers, body };
}
