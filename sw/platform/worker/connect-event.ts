import { abortError } from '../client/request-connection.ts';
import { define, type Message, message } from '../protocol.ts';
import { type Connection, endConnection, whenSaved } from './connections.ts';
import { createPort, notePort } from './stored-ports.ts';
import { introduce, post } from './windows.ts';

declare const self: ServiceWorkerGlobalScope & { onconnect?: (event: Event) => void };

/**
 * A client asks to be connected.
 *
 * The listener accepts by using `port` (a handler or listener for its messages, `start`, `postMessage`, or `self.ports.add`),
 * or by `acceptConnection`, before it returns or what it gave `waitUntil` is settled. Whoever says nothing refuses; so does
 * `preventDefault`, an exception, or a promise to accept that rejects. A refusal is final.
 * @see explainer, "Inter-App RPC"
 */
interface ConnectEvent extends Event {
  /** The client's origin, as the browser knows it, without a slash. */
  readonly origin: string;
  /** The URL that the client named, inside this worker's scope. Later drafts spell it `targetURL`. */
  readonly targetUrl: string;
  readonly targetURL: string;
  readonly port: MessagePort;
  /** What the client gave as options. */
  readonly name: string;
  readonly data: unknown;
  waitUntil(lifetime: unknown): void;
  /** Accepts with the event's port or a promise of it; rejects with TypeError for anything else, AbortError if that rejects. */
  acceptConnection(port: unknown): Promise<MessagePort>;
}

/** What a port offers to be used: reading one of them is use. */
const USES = ['onmessage', 'postMessage', 'start', 'addEventListener'] as const;

/** Has this worker's listeners decide on a connection. Only acceptance is answered: silence is the refusal. */
export async function decideConnection(asked: Message<'connect'>, event: ExtendableMessageEvent): Promise<void> {
  const { id = '', origin = '', url, name, data } = asked;
  const source = event.source as Client;
  await introduce(source);
  const [raw] = event.ports;
  const saved = { id, role: raw ? 'kept' : 'service', origin, url, window: source.id } as const;
  const lifetimes: Promise<unknown>[] = [];
  let isAccepted = false;
  let isRefused = false;
  const accept = () => {
    isAccepted = true;
  };
  const refuse = () => {
    isRefused = true;
  };
  const { port, connection }: { port: MessagePort; connection?: Connection } = raw
    ? { port: raw }
    : createPort(saved, source, accept);
  if (raw) notePort(raw, { saved, stored: accept });
  watchUse(port, accept);
  const acceptConnection = (given: unknown) => {
    const accepting = Promise.resolve(given).then(
      (value) => {
        if (value !== port) throw new TypeError("acceptConnection() takes the event's port, or a promise of it.");
        return port;
      },
      () => Promise.reject(abortError()),
    );
    lifetimes.push(accepting.then(accept, refuse));
    return accepting;
  };
  const waitUntil = (lifetime: unknown) => lifetimes.push(Promise.resolve(lifetime));
  const told = { origin, targetUrl: url, targetURL: url, port, name, data, waitUntil, acceptConnection };
  const connecting = define(new Event('connect', { cancelable: true }), told) as ConnectEvent;
  if (dispatchNoting(connecting)) refuse();
  for (const lifetime of lifetimes) await lifetime.catch(refuse);
  for (const use of USES) Reflect.deleteProperty(port, use);
  if (isAccepted && !isRefused && !connecting.defaultPrevented) {
    await whenSaved();
    await post(source, message('accepted', { id }));
  } else if (connection) await endConnection(connection);
  else port.close();
}

/** Calls back at the first use of a port, which from then on is as it was. */
function watchUse(port: MessagePort, used: () => void): void {
  const restore = () => {
    used();
    for (const use of USES) Reflect.deleteProperty(port, use);
  };
  for (const use of USES) {
    Object.defineProperty(port, use, {
      configurable: true,
      get() {
        restore();
        return use === 'onmessage' ? port[use] : (port[use] as () => void).bind(port);
      },
      set(listener) {
        restore();
        Object.assign(port, { [use]: listener });
      },
    });
  }
}

/** Dispatches an event; true if a listener threw. The exception goes where the service's own exceptions go. */
function dispatchNoting(event: Event): boolean {
  let hasThrown = false;
  const note = () => {
    hasThrown = true;
  };
  self.addEventListener('error', note);
  self.dispatchEvent(event);
  try {
    self.onconnect?.(event);
  } catch (error) {
    reportError(error);
  }
  self.removeEventListener('error', note);
  return hasThrown;
}
