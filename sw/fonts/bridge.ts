/// <reference lib="dom" />
import { startBridge } from '../platform/bridge.ts';
import type { ServeHub } from './hub-storage.ts';
import { HUB_DEADLINE_MS, STORAGE_ACCESS_DEADLINE_MS } from './limits.ts';
import { HUB_SCRIPT, PAGE_CACHE } from './page-files.ts';
import type { HubGreeting } from './protocol.ts';

/**
 * The fonts service's bridge page. It serves /hub itself, as far as the browser lets sites share storage: nobody is asked,
 * and nothing is waited for beyond the deadlines. Everything else is the platform's.
 */

/** What a promise gives, if it does so in time. */
function inTime<Value>(promise: Promise<Value>, deadlineMs: number): Promise<Value | undefined> {
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, deadlineMs, undefined));
  return Promise.race([promise.catch(() => undefined), late]);
}

/**
 * Asks for storage that sites share, where that is granted already: anywhere else the visitor would be asked, or the page's
 * console would show an error.
 */
async function requestStorage(): Promise<StorageAccessHandle | undefined> {
  const isGranted =
    (await document.hasStorageAccess()) ||
    (await navigator.permissions.query({ name: 'storage-access' })).state === 'granted';
  if (!isGranted) return undefined;
  return document.requestStorageAccess({ caches: true, indexedDB: true, SharedWorker: true });
}

/** Starts the SharedWorker, or joins it; undefined where there is none, or it does not say in time that it runs. */
function joinWorker(handle: StorageAccessHandle): Promise<MessagePort | undefined> {
  const started = new Promise<MessagePort | undefined>((resolve) => {
    const worker = handle.SharedWorker?.(HUB_SCRIPT, 'typecase-hub');
    if (!worker) return resolve(undefined);
    worker.onerror = () => resolve(undefined);
    worker.port.onmessage = () => resolve(worker.port);
  });
  return inTime(started, HUB_DEADLINE_MS);
}

/** Loads the hub into this frame; undefined where its script does not load. */
function loadHub(): Promise<ServeHub | undefined> {
  return new Promise((resolve) => {
    const script = document.createElement('script');
    script.onload = script.onerror = () => resolve(window.serveTypecaseHub);
    script.src = HUB_SCRIPT;
    document.head.append(script);
  });
}

/** Keeps the hub's script for a visit without network, when this frame may have to run it. */
async function keepHubScript(): Promise<void> {
  const cache = await caches.open(PAGE_CACHE);
  if (!(await cache.match(HUB_SCRIPT))) await cache.add(HUB_SCRIPT);
}

async function startHub(handle: StorageAccessHandle): Promise<((port: MessagePort) => void) | undefined> {
  const worker = await joinWorker(handle);
  keepHubScript().catch(() => {});
  if (worker) return (port) => worker.postMessage(null, [port]);
  const serve = await loadHub();
  return serve && ((port) => serve(port, handle));
}

async function isWorkerActive(): Promise<boolean> {
  const registration = await navigator.serviceWorker.getRegistration().catch(() => undefined);
  return Boolean(registration?.active);
}

/** The hub, as soon as the frame is there: by the time a page asks, it may be running. */
const hub = inTime(requestStorage(), STORAGE_ACCESS_DEADLINE_MS).then((handle) => handle && startHub(handle));

/** Tells a client what it is connected to, and leads its port there. */
async function lead(port: MessagePort): Promise<void> {
  const [serve, isInstalled] = await Promise.all([hub, isWorkerActive()]);
  const greeting: HubGreeting = { mode: serve ? 'hub' : 'site', isInstalled };
  port.postMessage(greeting);
  if (serve) serve(port);
  else port.close();
}

startBridge(({ url }, port) => {
  const isHub = url === `${location.origin}/hub`;
  if (isHub) void lead(port);
  return isHub;
});
