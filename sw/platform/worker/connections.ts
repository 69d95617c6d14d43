import { createStore, get, set } from 'idb-keyval';
import {
  accept,
  acknowledge,
  createLink,
  enqueue,
  type Frame,
  type Link,
  type Parcel,
  unacknowledged,
} from '../link.ts';
import { type Message, message, type Talk } from '../protocol.ts';
import { findBroker, findSeen, findWindow, findWindows, introduce, isActive, isMine, post } from './windows.ts';

declare const self: ServiceWorkerGlobalScope;

/** What of a connection outlives this worker, once it is stored. */
export type Saved = {
  readonly id: string;
  /**
   * How the other end is reached: `kept`, a port that a window keeps; or another worker, which this one has connected to
   * (`client`) or been connected by (`service`), through whatever window there is.
   */
  readonly role: 'kept' | 'client' | 'service';
  /** The other end's origin; empty for a port that did not come by a connection. */
  readonly origin: string;
  readonly url: string;
  /** The id of the window that carries it. */
  window: string;
  /** The name it is stored under. */
  name?: string;
};

/** A connection, as long as this worker lives. */
export type Connection = Saved & {
  readonly link: Link;
  /** The window that carries it, once it is known to be there, and what is to be posted when it is. */
  client?: Client;
  readonly backlog: Frame[];
  /** While the window is looked for, or is being given a port to keep, nothing else is posted. */
  searching?: Promise<void>;
  /** Takes a message for the application; `event` keeps the worker alive for it. */
  deliver(data: unknown, ports: readonly MessagePort[], event?: ExtendableEvent): void;
  /** Is called when the other end has gone. */
  ended(): void;
};

const store = createStore('navigator-connect', 'connections');
const connections = new Map<string, Connection>();
let loading: Promise<void> | undefined;
let saving: Promise<void> | undefined;
let isChanged = false;

/** A life of a worker numbers its messages above all those before, even if what it sent last was not saved in time. */
function firstSeq(saved = 0): number {
  return Math.max(Date.now() * 1024, saved);
}

/** The collection belongs to the registration; a version that is not active yet keeps what it stores apart. */
function keyOf(state: 'active' | 'waiting'): string {
  return `${state} ${self.registration.scope}`;
}

/** Forgets what an earlier registration of this scope has stored. */
export async function clearConnections(): Promise<void> {
  await set(keyOf('active'), [], store);
  await set(keyOf('waiting'), [], store);
}

/** Reads what former lives have stored, once this version is active; `restore` puts each connection into the collection. */
export function loadConnections(restore: (connection: Connection) => void): Promise<void> {
  if (isActive()) loading ??= load(restore);
  return Promise.resolve(loading);
}

async function load(restore: (connection: Connection) => void): Promise<void> {
  const active = (await get<(Saved & Link)[]>(keyOf('active'), store)) ?? [];
  const waiting = (await get<(Saved & Link)[]>(keyOf('waiting'), store)) ?? [];
  const all = [...active, ...waiting];
  for (const { sent, received, outbox, ...saved } of all) {
    if (connections.has(saved.id)) continue;
    const connection = openConnection(saved, createLink(firstSeq(sent), received, outbox));
    restore(connection);
    // A message whose ports went down with the last life cannot be sent again.
    if (outbox.some(({ data }) => !data)) await endConnection(connection);
  }
  if (waiting.length) {
    await set(keyOf('active'), all, store);
    await set(keyOf('waiting'), [], store);
  }
}

/** Begins a connection; it ends with this worker unless it is given a name and saved. */
export function openConnection(saved: Saved, link = createLink(firstSeq()), client?: Client): Connection {
  const connection = { ...saved, link, ...(client && { client }), backlog: [], deliver() {}, ended() {} };
  connections.set(saved.id, connection);
  return connection;
}

/** All connections that are stored and fit. */
export function findStored(fits: (connection: Connection) => boolean): readonly Connection[] {
  return [...connections.values()].filter((connection) => connection.name !== undefined && fits(connection));
}

/** Saves all stored connections as they are now; while one save runs, the next ones become one. */
export async function saveConnections(): Promise<void> {
  isChanged = true;
  await loading;
  saving ??= save();
  await saving;
}

/** Settles when all that is stored is saved. */
export function whenSaved(): Promise<void> {
  return isChanged ? saveConnections() : Promise.resolve(saving);
}

async function save(): Promise<void> {
  while (isChanged) {
    isChanged = false;
    const saved = findStored(() => true).map(({ id, role, origin, url, window, name, link }) => {
      const outbox = link.outbox.map((frame) =>
        (frame.data as Parcel).ports.length ? { ...frame, data: null } : frame,
      );
      return { id, role, origin, url, window, name, ...link, outbox };
    });
    await set(keyOf(isActive() ? 'active' : 'waiting'), saved, store);
  }
  saving = undefined;
}

/** Sends an application message. To another worker it is numbered, and held until that has acknowledged it. */
export function send(connection: Connection, data: unknown, ports: readonly MessagePort[]): void {
  const parcel = structuredClone({ data, ports }, { transfer: [...ports] });
  const isHeld = connection.role !== 'kept';
  transmit(connection, [isHeld ? enqueue(connection.link, parcel) : { seq: 0, previous: 0, data: parcel }]);
  if (isHeld && connection.name !== undefined) void saveConnections();
}

/** Posts at once if the window is known: what is posted in a handler is on its way before the handler's message is acknowledged. */
function transmit(connection: Connection, frames: readonly Frame[]): void {
  const { client, backlog, window } = connection;
  const seen = client ?? (connection.searching ? undefined : findSeen(window));
  backlog.push(...frames);
  if (seen) flush(connection, seen);
  // Even then: nobody tells that a window has gone.
  connection.searching ??= findClient(connection);
}

/** Posts what has waited for the window. */
export function flush(connection: Connection, client: Client): void {
  if (connection.client !== client) void introduce(client);
  connection.client = client;
  for (const { seq, previous, data: parcel } of connection.backlog.splice(0)) {
    const { data, ports } = parcel as Parcel;
    try {
      client.postMessage(message('frame', { ...address(connection), seq, previous, data }), [...ports]);
    } catch {
      // Ports that have been sent before and were not acknowledged: that message is lost.
      void endConnection(connection);
    }
  }
}

async function findClient(connection: Connection): Promise<void> {
  const client = await findWindow(connection.window);
  delete connection.searching;
  if (!client) return reroute(connection);
  await introduce(client);
  flush(connection, client);
}

/** On the client's side, a window is told whose bridge to use. */
function address({ id, role, origin }: Connection): { readonly id: string; readonly to?: string } {
  return role === 'client' ? { id, to: origin } : { id };
}

/**
 * Finds a connection another window when the one that carried it has gone; with no window left it waits for one.
 *
 * The client's side chooses the window, the service's side asks it to.
 */
async function reroute(connection: Connection): Promise<void> {
  const { role, url, id } = connection;
  if (role === 'kept') return endConnection(connection);
  delete connection.client;
  // What is in it is in the outbox, too.
  connection.backlog.length = 0;
  if (role === 'service') for (const client of await findWindows()) void post(client, message('resume', { id }));
  const broker = role === 'client' && (await findBroker());
  if (!broker || (await findWindow(connection.window))) return;
  connection.window = broker.id;
  await post(broker, message('keep', address(connection)));
  await post(broker, message('resume', { ...address(connection), url }));
  await saveConnections();
}

/** Sees to the connections that this worker has made: is there still a window for each? */
export async function rerouteAll(): Promise<void> {
  for (const connection of connections.values()) {
    if (connection.role === 'client' && !(await findWindow(connection.window))) await reroute(connection);
  }
}

/** Tells the window of a connection with another worker that this one has stored it: it does not end with this life. */
export async function keepConnection(connection: Connection): Promise<void> {
  const { client, window } = connection;
  void saveConnections();
  const sent = message('keep', address(connection));
  if (client) client.postMessage(sent);
  else await post(await findWindow(window), sent);
}

/** Ends a connection, and tells the other end. */
export async function endConnection(connection: Connection): Promise<void> {
  if (!connections.delete(connection.id)) return;
  connection.ended();
  await post(await findWindow(connection.window), message('close', address(connection)));
  await saveConnections();
}

/** Takes what a window says of a connection: the one that carries it, and no other. */
export async function receive(sent: Talk, event: ExtendableMessageEvent): Promise<void> {
  const source = event.source as Client;
  await introduce(source);
  const connection = connections.get(sent.id);
  if (sent.nc === 'resume') return resume(sent, source, connection);
  if (connection?.window !== source.id) {
    if (sent.nc === 'frame') source.postMessage(message('close', { id: sent.id }));
    return;
  }
  if (sent.nc === 'close') return endConnection(connection);
  if (sent.nc === 'frame' && !isMine(sent.life)) return;
  if (sent.nc === 'ack') acknowledge(connection.link, sent.seq);
  else {
    flush(connection, source);
    if (accept(connection.link, sent)) connection.deliver(sent.data, event.ports, event);
    // In the turn of the dispatch: a worker that dies later has taken the message, one that dies earlier has not.
    source.postMessage(message('ack', { ...address(connection), seq: connection.link.received }));
  }
  if (connection.name !== undefined) await saveConnections();
}

/**
 * The client's side has found another window: the service's side says so back, and both send what is unacknowledged. Or the
 * service's side asks for one. Only the origin that made a connection can take it up.
 */
async function resume({ origin, id }: Message<'resume'>, source: Client, connection?: Connection): Promise<void> {
  if (connection?.role === 'service' && connection.origin === origin) {
    connection.window = source.id;
    await keepConnection(connection);
    source.postMessage(message('resume', { id }));
  } else if (connection?.role !== 'client') return post(source, message('close', { id }));
  if (connection.window !== source.id) return rerouteAll();
  connection.backlog.splice(0, Number.POSITIVE_INFINITY, ...unacknowledged(connection.link));
  flush(connection, source);
}
