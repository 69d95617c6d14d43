import { WebSocket } from 'ws';

/** An event that a browser reports; `sessionId` names the page's session it belongs to, where there are several. */
export type SocketEvent = { readonly method: string; readonly params: unknown; readonly sessionId?: string };

/** A websocket of numbered commands and events: the frame that CDP and WebDriver BiDi have in common. */
export type CommandSocket = {
  /** Sends a command; rejects where the browser refuses it or the connection ends. The caller knows the result's type. */
  send<Result>(method: string, params?: object, sessionId?: string): Promise<Result>;
  /** Calls the listener for every event until the function returned is called. */
  listen(listener: (event: SocketEvent) => void): () => void;
  close(): void;
};

type Incoming = {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly sessionId?: string;
  readonly result?: unknown;
  /** CDP has an object, BiDi a code with the message beside it. */
  readonly error?: { readonly message: string } | string;
  readonly message?: string;
};
type Pending = { readonly method: string; resolve(result: unknown): void; reject(error: Error): void };

/** Connects to a browser's websocket. */
export async function connectCommandSocket(url: string): Promise<CommandSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false, maxPayload: 2 ** 28 });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  const pending = new Map<number, Pending>();
  const listeners = new Set<(event: SocketEvent) => void>();
  socket.on('message', (data) => receive(JSON.parse(String(data)) as Incoming, pending, listeners));
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    for (const { method, reject } of pending.values()) reject(new Error(`${method}: the browser is gone.`));
    pending.clear();
  });
  let lastId = 0;
  return {
    send: <Result>(method: string, params: object = {}, sessionId?: string) =>
      new Promise<Result>((resolve, reject) => {
        if (socket.readyState !== WebSocket.OPEN) return reject(new Error(`${method}: the browser is gone.`));
        const id = ++lastId;
        pending.set(id, { method, resolve: (result) => resolve(result as Result), reject });
        socket.send(JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) }));
      }),
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => socket.close(),
  };
}

function receive(
  { id, method, params, sessionId, result, error, message }: Incoming,
  pending: Map<number, Pending>,
  listeners: ReadonlySet<(event: SocketEvent) => void>,
): void {
  if (id === undefined) {
    const event = { method: method ?? '', params, ...(sessionId === undefined ? {} : { sessionId }) };
    for (const listener of [...listeners]) listener(event);
    return;
  }
  const command = pending.get(id);
  pending.delete(id);
  if (error === undefined) {
    command?.resolve(result);
    return;
  }
  const reason = typeof error === 'string' ? `${error}: ${message}` : error.message;
  command?.reject(new Error(`${command.method}: ${reason}`));
}
