/// <reference lib="dom" />
import { type FallThroughRule, matchesRule } from './decisions/fall-through-scopes.ts';
import { parseInstallations } from './decisions/parse-installations.ts';
import { CLAIM_DEADLINE_MS, CONNECT_DEADLINE_MS, MAX_PENDING } from './limits.ts';
import { type Message, message, parseMessage } from './protocol.ts';
import { readList, ruleKey } from './store.ts';
import { carry, end, follow, isFull, leave, type Onward, pass, receive } from './window/carrier.ts';

/**
 * The bridge: a hidden frame of the service's origin in a client's page. It finds the worker that a message is for, and
 * passes it on with the page's true origin.
 *
 * It believes the page nothing else: ids are made here, and what the page says of a response is read again from the
 * response itself before anything is installed.
 */

const { serviceWorker } = navigator;
const POLL_MS = 50;
let page: MessagePort;
let clientOrigin: string;
let recentRequests = 0;
const readUrls = new Set<string>();
const knownScopes = new Set<string>();

/** The registration that covers a URL, once its worker is active; undefined if there is none by the deadline. */
async function findRegistration(
  url = '',
  deadlineMs = CONNECT_DEADLINE_MS,
): Promise<ServiceWorkerRegistration | undefined> {
  for (const startedMs = Date.now(); Date.now() - startedMs < deadlineMs; ) {
    const registration = await serviceWorker.getRegistration(url);
    if (registration?.active?.state === 'activated') return registration;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return undefined;
}

/**
 * Opens a connection, or takes up one that another window has carried. One without a port of the client is one of its
 * service worker: the page carries it on.
 */
async function open(asked: Message<'connect' | 'resume'>, control = page, raw?: MessagePort): Promise<void> {
  const { id = '' } = asked.nc === 'resume' ? asked : { id: crypto.randomUUID() as string };
  if (control !== page) control.onmessage = () => end(id);
  const registration = isFull(MAX_PENDING) ? undefined : await findRegistration(asked.url);
  if (registration) {
    if (knownScopes.size < knownScopes.add(registration.scope).size) await tellWhetherServing();
    const onward: Onward = (spoken, ports) =>
      (raw || spoken.nc === 'accepted' ? control : page).postMessage(spoken, [...ports]);
    carry(id, registration, onward, asked.nc === 'resume');
    registration.active?.postMessage({ ...asked, id, origin: clientOrigin }, raw ? [raw] : []);
  } else if (control === page) page.postMessage(message('close', { id }));
}

async function answer({ request: told }: Message<'fetch'>, reply: MessagePort): Promise<void> {
  // Scopes are prefixes: they are compared with the URL as it is requested, not as it is written.
  const request = { ...told, url: new URL(told.url).href };
  setTimeout(() => recentRequests--, 1000);
  const registration =
    recentRequests++ < MAX_PENDING ? await findRegistration(request.url, CLAIM_DEADLINE_MS) : undefined;
  const rules = registration ? await readList<FallThroughRule>(ruleKey(registration.scope)) : [];
  if (!rules.some((rule) => matchesRule(rule, request.url, clientOrigin))) reply.postMessage({ nc: 'network' });
  else registration?.active?.postMessage(message('fetch', { request, origin: clientOrigin }), [reply]);
}

/**
 * Installs what the response at a URL of this origin asks for; nobody hears of failures.
 *
 * `register()` enforces the maximum scope, the script's type and the rest.
 * @see explainer, "Mommy, Where Do Service Workers Come From?"
 */
async function install({ url, script, scope }: Message<'install'>): Promise<void> {
  const registrations = (await serviceWorker.getRegistrations()).map(({ scope, active }) => scope + active?.scriptURL);
  const claimed = parseInstallations(url, (name) => (name.endsWith('Script') ? script : scope));
  if (claimed.length && claimed.every(({ scriptUrl, scopeUrl }) => registrations.includes(scopeUrl + scriptUrl)))
    return;
  if (readUrls.size === readUrls.add(url).size) return;
  const { url: finalUrl, headers } = await fetch(url, { method: 'HEAD', mode: 'same-origin', credentials: 'omit' });
  await Promise.allSettled(
    parseInstallations(finalUrl, (name) => headers.get(name)).map(async ({ scriptUrl, scopeUrl }) => {
      await serviceWorker.register(scriptUrl, { scope: scopeUrl });
      await findRegistration(scopeUrl);
    }),
  );
}

/** One installation after the other, so that the next one sees what the one before has done. */
let installing = Promise.resolve();

async function installInTime(sent: Message<'install'>): Promise<void> {
  const tooLate = new Promise((resolve) => setTimeout(resolve, CONNECT_DEADLINE_MS));
  await Promise.race([install(sent).then(tellWhetherServing, () => {}), tooLate]);
}

/** Tells the page whether there is a worker here that handles requests of others. */
async function tellWhetherServing(): Promise<void> {
  for (const { scope } of await serviceWorker.getRegistrations()) {
    if ((await readList(ruleKey(scope))).length) page.postMessage(message('serves', {}));
  }
}

/**
 * Takes a connection that this page serves itself, without the worker; false leaves it to the worker.
 *
 * `url` is where the client wants to be connected, `origin` the client's, as the browser knows it.
 */
export type Take = (asked: { readonly url: string; readonly origin: string }, port: MessagePort) => boolean;

/** Takes what the page says. */
function listenTo(sent: Message | undefined, ports: readonly MessagePort[], take: Take): void {
  const [first, raw] = ports;
  if (sent?.nc === 'connect' && first && raw && take({ url: sent.url, origin: clientOrigin }, raw)) {
    first.postMessage(message('accepted', { id: '' }));
  } else if ((sent?.nc === 'connect' && first) || sent?.nc === 'resume') void open(sent, first, raw);
  else if (sent?.nc === 'fetch' && first) void answer(sent, first);
  else if (sent?.nc === 'install') installing = installing.then(() => installInTime(sent));
  else if (sent?.nc === 'frame' || sent?.nc === 'ack' || sent?.nc === 'close') pass(sent, ports);
}

/** Serves the page that this frame is in, once it has said hello. */
export function startBridge(take: Take = () => false): void {
  addEventListener('message', ({ data, source, origin, ports: [port] }) => {
    if (page || parseMessage(data)?.nc !== 'hello' || source !== parent || origin === 'null' || !port) return;
    page = port;
    clientOrigin = origin;
    page.onmessage = ({ data, ports }) => listenTo(parseMessage(data), ports, take);
    page.postMessage(message('hello', {}));
    void tellWhetherServing();
  });

  serviceWorker.onmessage = ({ data, ports }) => {
    const sent = parseMessage(data);
    if (sent?.nc === 'alive') follow(sent);
    else if (sent?.nc === 'resume') page.postMessage(sent);
    else if (sent) receive(sent as Parameters<typeof receive>[0], ports);
  };

  addEventListener('pagehide', ({ persisted }) => {
    if (!persisted) leave();
  });
}
