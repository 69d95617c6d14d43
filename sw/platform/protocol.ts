/**
 * Everything that pages, bridges and workers say to each other. A message is an object whose `nc` names it; its values
 * are used only after `parseMessage`. Who sent it is told by its channel, never by its content.
 */

/** Where a service's origin serves its bridge. */
export const BRIDGE_PATH = '/.well-known/navigator-connect';

/** What of a request reaches a foreign worker: neither credentials nor referrer. */
export type WireRequest = {
  readonly url: string;
  readonly method: string;
  readonly mode: string;
  readonly destination: string;
  readonly redirect: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: ArrayBuffer;
};

/** A foreign worker's answer, over the port that came with the request; whatever else leaves it to the network. */
export type ForeignReply =
  | { readonly nc: 'claimed' | 'network' | 'error' }
  | {
      readonly nc: 'answer';
      readonly status: number;
      readonly statusText: string;
      readonly headers: readonly (readonly [string, string])[];
      readonly body: ArrayBuffer | null;
    };

/**
 * The messages by name; the ports are the transferred ones, in order.
 *
 * `to`, the service's origin, tells a window on the client's side whose bridge a message is for, or its worker whose it is.
 */
export type Messages = {
  /**
   * Page to bridge frame, and back: the channel for everything else stands. Ports: its end. Window to worker: it is to say
   * that it is `alive`.
   */
  hello: object;
  /** Bridge to page, page to its worker: that origin (`to`) handles requests of others. */
  serves: { readonly to?: string };
  /** Worker to windows: who can broker? Window to worker: this one can. */
  broker: object;
  /** Worker to window: this life of it ends when the Web Lock of that name is free. */
  alive: { readonly lock: string; readonly scope: string };
  /** A connection is asked for. Ports, up to the bridge: control; then, unless the client is a service worker, its port. */
  connect: {
    readonly url: string;
    readonly name: string;
    readonly data: unknown;
    readonly to?: string;
    /** Both set by the bridge. */
    readonly id?: string;
    readonly origin?: string;
  };
  /** Worker to bridge, and on control to the client: the connection stands. */
  accepted: { readonly id: string; readonly to?: string };
  /** An answer is asked for. Ports: where the ForeignReply goes, and `abort` comes from. */
  fetch: { readonly request: WireRequest; readonly to?: string; readonly origin?: string };
  abort: object;
  /** The response at `url` asks for an installation; script and scope as the client could read them. */
  install: { readonly url: string; readonly script: string | null; readonly scope: string | null; readonly to: string };
  /** Worker to window; ports: one to keep for the worker. */
  keep: { readonly id: string; readonly to?: string };
  /**
   * One application message. `life` is the worker's that it was sent to, if that was known: the next one lets it pass, as all
   * that is unacknowledged is sent to it anew.
   */
  frame: {
    readonly id: string;
    readonly life?: string;
    readonly seq: number;
    readonly previous: number;
    readonly data: unknown;
    readonly to?: string;
  };
  /** All up to `seq` has been dispatched. */
  ack: { readonly id: string; readonly seq: number; readonly to?: string };
  /** The connection has ended. */
  close: { readonly id: string; readonly to?: string };
  /** The connection goes on through another window. */
  resume: { readonly id: string; readonly url?: string; readonly to?: string; readonly origin?: string };
};

/** A message, by name. */
export type Message<Name extends keyof Messages = keyof Messages> = {
  [Key in Name]: { readonly nc: Key } & Messages[Key];
}[Name];

/** The talk of a connection that is established. */
export type Talk = Message<'frame' | 'ack' | 'close' | 'resume'>;

/** What each message must have. */
const REQUIRED = new Map(
  (
    'hello|serves|broker|abort|accepted id|keep id|close id|resume id|ack id seq|frame id seq previous|' +
    'alive lock scope|connect url name|fetch request|install url to'
  )
    .split('|')
    .map((shape) => shape.split(' ') as [string, ...string[]])
    .map(([name, ...fields]) => [name, fields]),
);

/**
 * Parses a message of this protocol; undefined for anything else, which belongs to the application.
 *
 * A fetch's request is parsed where it is used, by `isEligible` and the Request constructor.
 */
export function parseMessage(value: unknown): Message | undefined {
  const fields = (value ?? {}) as Readonly<Record<string, unknown>>;
  const isWhole =
    REQUIRED.get(fields['nc'] as string)?.every((field) => fields[field] != null) &&
    Object.keys(fields).every((field) => isFit(field, fields[field]));
  return isWhole ? (value as Message) : undefined;
}

function isFit(field: string, value: unknown): boolean {
  if (field === 'seq' || field === 'previous') return Number.isSafeInteger(value);
  return field === 'data' || value == null || typeof value === (field === 'request' ? 'object' : 'string');
}

/** Creates a message. */
export function message<Name extends keyof Messages>(nc: Name, fields: Messages[Name]): Message<Name> {
  return { nc, ...fields } as Message<Name>;
}

/** Gives an object properties that cannot be assigned to. */
export function define<Target extends object>(target: Target, values: Readonly<Record<string, unknown>>): Target {
  for (const name of Object.keys(values))
    Object.defineProperty(target, name, { value: values[name], configurable: true });
  return target;
}
