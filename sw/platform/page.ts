/// <reference lib="dom" />
import { askForeign, createFallingFetch } from './client/ask-foreign.ts';
import { type ConnectOptions, requestConnection, type Send } from './client/request-connection.ts';
import { define, type Message, message, parseMessage } from './protocol.ts';
import { carry, follow, isCarried, pass, receive } from './window/carrier.ts';
import { openBridge } from './window/open-bridge.ts';
import { patchWorkers } from './window/patch-workers.ts';

/**
 * The page's client: `navigator.connect()`, fall-through for pages without a worker of their own, background
 * installation by headers, and brokering for this page's workers, which have no frames.
 */

const { serviceWorker } = navigator;
/** Where this page's own worker is, as it says itself. */
let home: Promise<ServiceWorkerRegistration | undefined> | undefined;

/** Origins that handle requests of others. */
const services = new Set<string>();

/** Whether this page has requests to an origin fall through; where it has a worker, that does. */
function isServed(origin: string): boolean {
  return services.has(origin) && !serviceWorker.controller;
}

/** Sends a message to the bridge of the origin that it names. */
const send: Send = (sent, transfer) => {
  const { to = '' } = sent as { readonly to?: string };
  void openBridge(to, (event) => listen(to, event)).then((bridge) => bridge.postMessage(sent, transfer));
};

/** What a service's bridge says: mostly the talk of two workers, which this page carries. */
async function listen(to: string, { data, ports }: MessageEvent): Promise<void> {
  const sent = parseMessage(data);
  if (sent?.nc === 'serves') services.add(to);
  if (sent?.nc === 'serves' || sent?.nc === 'resume') return tellWorker({ ...sent, to });
  if (sent?.nc !== 'frame' && sent?.nc !== 'ack' && sent?.nc !== 'close') return;
  await carryWith(to, sent.id);
  pass(sent, ports);
}

/** Carries a connection between this page's service worker and a service's. */
async function carryWith(to: string | undefined, id: string): Promise<void> {
  const registration = await (home ?? serviceWorker.ready);
  if (registration && !isCarried(id))
    carry(id, registration, (spoken, ports) => to && send({ ...spoken, to }, [...ports]));
}

/** What this page's own worker says; the application's messages pass by. */
async function listenToWorker(event: MessageEvent): Promise<void> {
  const { data, ports } = event;
  const sent = parseMessage(data);
  if (!sent) return;
  event.stopImmediatePropagation();
  if (sent.nc === 'broker') introduce(event.source as ServiceWorker);
  else if (sent.nc === 'alive') {
    home = serviceWorker.getRegistration(sent.scope);
    follow(sent);
  } else if (sent.nc === 'keep' || sent.nc === 'frame' || sent.nc === 'ack' || sent.nc === 'close') {
    await carryWith(sent.to, sent.id);
    receive(sent, ports);
  } else send(sent, [...ports]);
}

function tellWorker(sent: object, worker = serviceWorker.controller): void {
  worker?.postMessage(sent);
}

/** Tells a worker that this page brokers, and between whom. */
function introduce(worker = serviceWorker.controller): void {
  tellWorker(message('broker', {}), worker);
  for (const to of services) tellWorker(message('serves', { to }), worker);
}

const wishes = new Set<string>();
/** Installations wait until the page has loaded, which a frame would delay; a connection does not wait. */
let waiting: Message[] | undefined = document.readyState === 'complete' ? undefined : [];

function sendWaiting(): void {
  for (const sent of waiting ?? []) send(sent, []);
  waiting = undefined;
}

/** Has the bridge install what a response asks for, once for each wish. */
function install(url: string, script: string | null, scope: string | null): void {
  if (script === null) return;
  const { href, origin } = new URL('.', url);
  // Only relative URLs mean something else in another folder.
  const isAbsolute = script.startsWith('/') && scope?.startsWith('/') !== false;
  const wish = [isAbsolute ? origin : href, script, scope].join();
  if (wishes.has(wish)) return;
  wishes.add(wish);
  const sent = message('install', { url, script, scope, to: origin });
  waiting?.push(sent) ?? send(sent, []);
}

/** A `Server-Timing` entry `service-worker` says of a resource that its headers are worth reading. */
function watchTimings(): void {
  const observer = new PerformanceObserver((list) => {
    for (const { name, serverTiming } of list.getEntries() as PerformanceResourceTiming[]) {
      const hint = serverTiming?.find((timing) => timing.name === 'service-worker');
      if (hint) install(name, hint.description, null);
    }
  });
  for (const type of ['resource', 'navigation']) observer.observe({ type, buffered: true });
}

/** What the foreign worker answers to a page without a worker. */
async function consult(request: Request): Promise<Response | undefined> {
  const mayFall = isServed(new URL(request.url).origin) && !request.integrity;
  return mayFall ? askForeign(request, send) : undefined;
}

/** Asks the network, and has the bridge install what the answer asks for. */
async function fetchWatching(native: typeof fetch, ...asked: Parameters<typeof fetch>): Promise<Response> {
  const response = await native(...asked);
  const { url, headers } = response;
  if (url) install(url, headers.get('Service-Worker-Script'), headers.get('Service-Worker-Scope'));
  return response;
}

function start(): void {
  define(navigator, {
    connect: (url: string | URL, options: ConnectOptions = {}) => {
      sendWaiting();
      return requestConnection(url, document.baseURI, options, send);
    },
  });
  if (!isSecureContext) return;
  addEventListener('load', sendWaiting);
  const native = window.fetch.bind(window);
  window.fetch = createFallingFetch(
    (...asked) => fetchWatching(native, ...asked),
    consult,
    () => services.size > 0,
  );
  patchWorkers(send, isServed);
  watchTimings();
  serviceWorker.addEventListener('message', listenToWorker);
  serviceWorker.addEventListener('controllerchange', () => introduce());
  // The page that holds the lock is the one that brokers; when it goes, the next one tells the worker.
  void navigator.locks.request('navigator-connect', () => {
    introduce();
    return new Promise(() => {});
  });
}

if (!('connect' in navigator)) start();
