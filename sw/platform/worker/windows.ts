import { BROKER_DEADLINE_MS } from '../limits.ts';
import { type Message, message } from '../protocol.ts';

declare const self: ServiceWorkerGlobalScope & { readonly serviceWorker?: ServiceWorker };

/** Whether this is the version that windows talk to: not one that is being installed, or waits. */
export function isActive(): boolean {
  const state = self.serviceWorker?.state ?? (self.registration.active ? 'activated' : '');
  return state.startsWith('activ');
}

/** This life of the worker: the lock is free when it ends. */
let lock = '';
let holding: Promise<void> | undefined;

function holdLock(): Promise<void> {
  lock = `navigator-connect ${crypto.randomUUID()}`;
  return new Promise((resolve) => {
    void navigator.locks.request(lock, () => {
      resolve();
      return new Promise(() => {});
    });
  });
}

const told = new Set<string>();
const brokers = new Set<string>();
const seen = new Map<string, Client>();
const waiting: ((client: Client) => void)[] = [];

/** Whether a message is for this life of the worker, not for one that has ended. */
export function isMine(life = lock): boolean {
  return life === lock;
}

/** Tells a window, once, how to notice that this worker has died; only then may anything else be posted to it. */
export async function introduce(client: Client): Promise<void> {
  holding ??= holdLock();
  await holding;
  if (told.has(client.id)) return;
  told.add(client.id);
  client.postMessage(message('alive', { lock, scope: self.registration.scope }));
}

/** Posts to a window, if it is there. */
export async function post(
  client: Client | undefined,
  sent: Message,
  transfer: readonly Transferable[] = [],
): Promise<void> {
  if (!client) return;
  await introduce(client);
  client.postMessage(sent, [...transfer]);
}

/** Notes a window that has sent something: what is posted to it needs no search. */
export function noteWindow(client: unknown): void {
  if (client instanceof Client) seen.set(client.id, client);
}

/** The window of that id, if it has sent something in this life. */
export function findSeen(id: string): Client | undefined {
  return seen.get(id);
}

/** The window of that id, as long as it is there. */
export async function findWindow(id: string): Promise<Client | undefined> {
  return self.clients.get(id);
}

/** All windows of this origin, controlled or not. */
export function findWindows(): Promise<readonly Client[]> {
  return self.clients.matchAll({ type: 'window', includeUncontrolled: true });
}

/**
 * Finds a window that brokers for this worker, which has no frames; undefined if none answers in BROKER_DEADLINE_MS.
 *
 * One that has answered is asked no more, as long as it is there.
 */
export async function findBroker(): Promise<Client | undefined> {
  const windows = await findWindows();
  const known = windows.find(({ id }) => brokers.has(id));
  if (known) return known;
  for (const client of windows) client.postMessage(message('broker', {}));
  return new Promise((resolve) => {
    waiting.push(resolve);
    setTimeout(resolve, BROKER_DEADLINE_MS, undefined);
  });
}

/** Notes a window that says that it brokers. */
export function noteBroker(client: Client): void {
  brokers.add(client.id);
  for (const resolve of waiting.splice(0)) resolve(client);
}
