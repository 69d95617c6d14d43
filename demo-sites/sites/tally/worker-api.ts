/** What the worker uses of service workers and of the platform library: TypeScript's DOM types lack both. */

/** An event that keeps the worker alive while a promise is pending. */
type LastingEvent = Event & { waitUntil(lifetime: Promise<unknown>): void };

/** A stored port: the same connection in every life of the worker. */
export type StoredPort = MessagePort & { readonly name: string; readonly origin: string };

/** A message to a stored port. */
export type PortMessageEvent = LastingEvent & {
  readonly name: string;
  readonly origin: string;
  readonly data: unknown;
  readonly source: StoredPort;
};

/** The collection of stored ports. */
export type StoredPorts = {
  add(name: string, port: MessagePort): StoredPort;
  match(name: string): Promise<readonly StoredPort[]>;
  addEventListener(type: 'message', listener: (event: PortMessageEvent) => void): void;
};

type ConnectEvent = Event & { readonly origin: string; readonly targetUrl: string; readonly port: MessagePort };

type WorkerFetchEvent = LastingEvent & {
  readonly request: Request;
  readonly isFallThrough: boolean;
  respondWith(response: Promise<Response>): void;
};

type WorkerEvents = {
  readonly install: LastingEvent;
  readonly activate: LastingEvent;
  readonly connect: ConnectEvent;
  readonly fetch: WorkerFetchEvent;
};

/** The worker's global scope. */
export type WorkerScope = {
  readonly ports: StoredPorts;
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener<Type extends keyof WorkerEvents>(type: Type, listener: (event: WorkerEvents[Type]) => void): void;
};
