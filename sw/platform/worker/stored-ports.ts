import { MAX_STORED_PER_ORIGIN } from '../limits.ts';
import { define, message } from '../protocol.ts';
import {
  type Connection,
  endConnection,
  findStored,
  flush,
  keepConnection,
  loadConnections,
  openConnection,
  type Saved,
  saveConnections,
  send,
  whenSaved,
} from './connections.ts';
import { findBroker, findWindow, post } from './windows.ts';

/** What is known of a port that came by a connection. */
type PortSource = {
  readonly saved: Saved;
  /** The connection, if it was begun; one whose other end is no worker begins when its port is stored. */
  readonly connection?: Connection;
  /** The other end of the port of a connection that was begun. */
  readonly inlet?: MessagePort;
  /** Is called when the port is stored. */
  stored?(): void;
};

type TransferOptions = readonly Transferable[] | { readonly transfer?: readonly Transferable[] };

const sources = new WeakMap<MessagePort, PortSource>();
const stored = new WeakMap<Connection, MessagePort>();
const owners = new WeakMap<MessagePort, Connection>();

/** Notes where a port came from, for the time when it is stored. */
export function notePort(port: MessagePort, source: PortSource): void {
  sources.set(port, source);
}

/** Creates the port of a connection with another worker, for as long as it is not stored: windows carry its talk. */
export function createPort(
  saved: Saved,
  client: Client | undefined,
  stored = () => {},
): { port: MessagePort; connection: Connection } {
  const connection = openConnection(saved, undefined, client);
  const { port1: port, port2: inlet } = new MessageChannel();
  connection.deliver = (data, ports) => inlet.postMessage(data, [...ports]);
  connection.ended = () => port.dispatchEvent(new Event('close'));
  inlet.onmessage = ({ data, ports }) => send(connection, data, ports);
  define(port, { close: () => void endConnection(connection) });
  notePort(port, { saved, connection, inlet, stored });
  return { port, connection };
}

/**
 * The collection of a registration's long-lived ports.
 *
 * Its `message` events have the port as `source`, its `name`, the other end's `origin`, and `waitUntil`; its `close` events
 * tell that the other end has gone. Handlers can be listeners, `onmessage` and `onclose`.
 * @see explainer, "Inter-App RPC"
 */
export const ports = Object.assign(new EventTarget(), {
  /**
   * Stores a port under a name, which several may share. The port given is neutered, as if transferred.
   *
   * Throws TypeError for what is no port, DataCloneError for one that is neutered, and QuotaExceededError for more than
   * MAX_STORED_PER_ORIGIN of one origin.
   */
  add(name: string, port: MessagePort): MessagePort {
    if (!(port instanceof MessagePort)) throw new TypeError('ports.add() takes a name and a MessagePort.');
    const unknown: Saved = { id: crypto.randomUUID(), role: 'kept', origin: '', url: '', window: '' };
    const { saved, connection: begun, inlet, stored } = sources.get(port) ?? { saved: unknown };
    const { origin } = saved;
    if (origin && findStored((other) => other.origin === origin).length >= MAX_STORED_PER_ORIGIN) {
      throw new DOMException(`${origin} has too many ports here.`, 'QuotaExceededError');
    }
    const moved = structuredClone(port, { transfer: [port] });
    stored?.();
    const connection = begun ?? openConnection(saved);
    connection.name = `${name}`;
    const added = restorePort(connection);
    if (inlet) drain(moved, connection, inlet);
    if (begun) void keepConnection(connection);
    else connection.searching = keepPort(connection, moved);
    return added;
  },
  /** The stored ports of exactly that name whose other end is there; by then all that was stored before is saved. */
  async match(name: string): Promise<readonly MessagePort[]> {
    await loadConnections(restorePort);
    await whenSaved();
    const isNamed = (connection: Connection) => connection.name === `${name}`;
    for (const connection of findStored(isNamed)) {
      const { role, window } = connection;
      if (role === 'kept' && window && !(await findWindow(window))) await endConnection(connection);
    }
    return findStored(isNamed).map(restorePort);
  },
  onmessage: null as ((event: Event) => void) | null,
  onclose: null as ((event: Event) => void) | null,
});

/** What a port was sent before it was stored comes before what is sent now. */
function drain(moved: MessagePort, connection: Connection, inlet: MessagePort): void {
  const { deliver } = connection;
  const later: Parameters<Connection['deliver']>[] = [];
  const mark = crypto.randomUUID();
  connection.deliver = (...arrival) => void later.push(arrival);
  moved.onmessage = ({ data, ports }) => {
    if (data !== mark) return deliver(data, ports);
    connection.deliver = deliver;
    for (const [data, ports] of later) deliver(data, ports);
  };
  inlet.postMessage(mark);
}

/** Gives a port to a window to keep: with this worker it would die. */
async function keepPort(connection: Connection, port: MessagePort): Promise<void> {
  const { window, id } = connection;
  void saveConnections();
  const client = await (window ? findWindow(window) : findBroker());
  if (!client) return endConnection(connection);
  connection.window = client.id;
  await post(client, message('keep', { id }), [port]);
  delete connection.searching;
  flush(connection, client);
  await saveConnections();
}

/** What is transferred; a stored port among it leaves the collection. */
function releaseTransferred(options: TransferOptions = []): readonly Transferable[] {
  const transferred = Array.isArray(options) ? options : ((options as StructuredSerializeOptions).transfer ?? []);
  for (const connection of transferred.map((given) => owners.get(given))) {
    if (!connection) continue;
    delete connection.name;
    void saveConnections();
  }
  return transferred;
}

/** Watches for stored ports that are transferred away. */
export function watchTransfers(): void {
  for (const { prototype } of [MessagePort, Client]) {
    const native = prototype.postMessage as (data: unknown, options?: TransferOptions) => void;
    prototype.postMessage = function (data: unknown, options?: TransferOptions) {
      native.call(this, data, options);
      releaseTransferred(options);
    };
  }
}

/** The stored port of a connection, the same one as long as the worker lives. */
export function restorePort(connection: Connection): MessagePort {
  const known = stored.get(connection);
  if (known) return known;
  const { name, origin } = connection;
  const { port1: port, port2: tail } = new MessageChannel();
  // Only where the port has been transferred away does its own channel carry anything.
  tail.onmessage = ({ data, ports }) => send(connection, data, ports);
  define(port, {
    name,
    origin,
    postMessage: (data: unknown, options?: TransferOptions) =>
      send(connection, data, releaseTransferred(options) as MessagePort[]),
    close: () => void endConnection(connection),
  });
  stored.set(connection, port);
  owners.set(port, connection);
  connection.deliver = (data, ports, event) => {
    if (connection.name === undefined) tail.postMessage(data, [...ports]);
    else dispatch('message', port, { data, ports: [...ports] }, event);
  };
  connection.ended = () => dispatch('close', port, {});
  return port;
}

function dispatch(
  type: 'message' | 'close',
  source: MessagePort,
  init: MessageEventInit,
  event?: ExtendableEvent,
): void {
  const { name, origin } = source as MessagePort & { readonly name: string; readonly origin: string };
  const told = define(new MessageEvent(type, { ...init, origin, source }), {
    name,
    waitUntil: (lifetime: Promise<unknown>) => event?.waitUntil(lifetime),
  });
  ports.dispatchEvent(told);
  try {
    ports[`on${type}`]?.(told);
  } catch (error) {
    reportError(error);
  }
}
