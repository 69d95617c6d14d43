import { MAX_UNACKNOWLEDGED, RESEND_AFTER_MS } from '../limits.ts';
import {
  acknowledge,
  createLink,
  enqueue,
  type Frame,
  type Link,
  type Parcel,
  relay,
  unacknowledged,
} from '../link.ts';
import { type Message, message } from '../protocol.ts';
import { lifeOf, watchLife } from './watch-life.ts';

/** What is said of a connection. */
type Spoken = Message<'accepted' | 'keep' | 'frame' | 'ack' | 'close'>;

/** Takes what the worker says, for the other end. */
export type Onward = (spoken: Spoken, ports: readonly MessagePort[]) => void;

/** A connection as a window carries it. */
type Carried = {
  readonly registration: ServiceWorkerRegistration;
  readonly link: Link;
  readonly onward: Onward;
  /** Whether it stands: the worker has accepted it. */
  isAccepted: boolean;
  /** Whether the worker has stored it: then it does not end with the worker's life. */
  isStored?: boolean;
  /** The port that the worker has stored, if it was given one; it lives as long as this page. */
  kept?: MessagePort;
  timer?: number;
};

const connections = new Map<string, Carried>();

/**
 * Carries a connection between a worker of this origin and what is at its other end.
 *
 * A worker dies without a word and takes its events with it. So a message for it is held here until the worker has
 * acknowledged it, and is sent again when the worker has died or RESEND_AFTER_MS have passed; sending wakes the worker.
 */
export function carry(id: string, registration: ServiceWorkerRegistration, onward: Onward, isAccepted = true): void {
  connections.set(id, { registration, onward, isAccepted, link: createLink(0) });
}

/** Whether this window carries a connection. */
export function isCarried(id: string): boolean {
  return connections.has(id);
}

/** Whether this window carries as many connections as it may. */
export function isFull(limit: number): boolean {
  return connections.size >= limit;
}

function post(id: string, carried: Carried, frames: readonly Frame[]): void {
  const { active, waiting, installing, scope } = carried.registration;
  const life = lifeOf(scope);
  try {
    for (const { seq, previous, data } of frames) {
      const parcel = data as Parcel;
      const sent = message('frame', { id, seq, previous, data: parcel.data, ...(life && { life }) });
      // An unregistered worker, or ports that went down with the last life: the connection cannot go on unharmed.
      (active ?? waiting ?? (installing as ServiceWorker)).postMessage(sent, [...parcel.ports]);
    }
  } catch {
    end(id);
  }
  clearTimeout(carried.timer);
  carried.timer = window.setTimeout(resend, RESEND_AFTER_MS, id, carried);
}

function resend(id: string, carried: Carried): void {
  if (carried.link.outbox.length && isCarried(id)) post(id, carried, unacknowledged(carried.link));
}

/** Brings a numbered message to the worker. */
function forward(id: string, carried: Carried, frame: Frame): void {
  const relayed = relay(carried.link, frame);
  if (carried.link.outbox.length > MAX_UNACKNOWLEDGED) end(id);
  else post(id, carried, [relayed]);
}

/** Ends a connection and tells both sides. */
export function end(id: string): void {
  const carried = connections.get(id);
  connections.delete(id);
  carried?.onward(message('close', { id }), []);
  carried?.registration.active?.postMessage(message('close', { id }));
}

/** Takes what the other end says. */
export function pass(spoken: Spoken, ports: readonly MessagePort[]): void {
  const { id } = spoken;
  const carried = connections.get(id);
  if (!carried) return;
  if (spoken.nc === 'close') end(id);
  else if (spoken.nc === 'frame') forward(id, carried, { ...spoken, data: { data: spoken.data, ports } });
  else carried.registration.active?.postMessage(spoken);
}

/** Takes what the worker says. */
export function receive(spoken: Spoken, ports: readonly MessagePort[]): void {
  const { id } = spoken;
  const carried = connections.get(id);
  if (!carried) return;
  const { kept, link } = carried;
  if (spoken.nc === 'ack') acknowledge(link, spoken.seq);
  if (spoken.nc === 'accepted') carried.isAccepted = true;
  if (spoken.nc === 'keep') carried.isStored = true;
  if (spoken.nc === 'close') end(id);
  else if (spoken.nc === 'keep') keep(id, carried, ports[0]);
  else if (kept && spoken.nc === 'frame') kept.postMessage(spoken.data, [...ports]);
  else carried.onward(spoken, ports);
}

function keep(id: string, carried: Carried, port?: MessagePort): void {
  if (!port) return;
  carried.kept = port;
  port.onmessage = ({ data, ports }) => forward(id, carried, enqueue(carried.link, { data, ports }));
}

/** Follows the life of a worker that has introduced itself. */
export function follow({ lock, scope }: Message<'alive'>): void {
  watchLife(
    lock,
    scope,
    () => mourn(scope),
    () => revive(scope),
  );
}

/** A worker has died: what it had not stored has ended; for what it had not taken the next life is woken. */
function mourn(scope: string): void {
  for (const [id, carried] of connections) {
    if (carried.registration.scope !== scope) continue;
    if (carried.isAccepted && !carried.isStored) {
      connections.delete(id);
      carried.onward(message('close', { id }), []);
    } else if (carried.link.outbox.length) carried.registration.active?.postMessage(message('hello', {}));
  }
}

/** The next life of a worker has begun: what the last one had not taken is sent again. */
function revive(scope: string): void {
  for (const [id, carried] of connections) if (carried.registration.scope === scope) resend(id, carried);
}

/** This page is left: the ports that it keeps end with it. */
export function leave(): void {
  for (const [id, { kept }] of connections) if (kept) end(id);
}
