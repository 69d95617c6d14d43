/** How an attempt to connect went: `state` is `connected`, and the rest empty, or the rest describes the error. */
export type Attempt = {
  readonly state: 'connected' | 'refused';
  readonly name: string;
  readonly message: string;
  readonly code: number;
  readonly type: string;
  readonly ownProperties: readonly string[];
  readonly elapsedMs: number;
  /** The place of this attempt among all attempts of the page, by the time they were settled. */
  readonly place: number;
};

/** How a talk with an echoing service went: a greeting, and the echo of `ping`. */
export type Talk = Attempt & { readonly heard: readonly unknown[] };

/** What `CONNECT_KIT` defines in a page or worker, for functions that run there. */
export type ConnectKit = {
  /** The ports of the attempts that succeeded, in their order. */
  readonly ports: readonly (MessagePort & { readonly name: string; readonly data: unknown })[];
  attempt(url?: unknown, options?: unknown): Promise<Attempt>;
  /** Connects, waits for the service's greeting, says `ping`, waits for the echo. */
  talk(url: string, options?: unknown): Promise<Talk>;
  /** The next messages that a port receives, so many, or as many as come in 8 s. */
  hear(port: MessagePort, count: number): Promise<readonly unknown[]>;
  /** Asks a worker or port that runs `CLIENT_SCRIPT`; `{ state: 'no answer' }` after 10 s. */
  ask(target: { postMessage(asked: unknown, transfer: Transferable[]): void }, asked: ClientTask): Promise<unknown>;
};

/** What a worker that runs `CLIENT_SCRIPT` is asked to do. */
type ClientTask = { readonly do: 'talk' | 'attempt'; readonly url: string; readonly options?: unknown };

/** What clients of every kind connect and talk with, as a script; see the type ConnectKit. */
const CONNECT_KIT = `
const connectKit = {
  ports: [],
  settled: 0,
  async attempt(...given) {
    const startedMs = performance.now();
    const tell = (state, error) => ({
      state,
      name: error?.name ?? '',
      message: error?.message ?? '',
      code: error?.code ?? 0,
      type: error === undefined ? '' : Object.prototype.toString.call(error),
      ownProperties: error === undefined ? [] : Reflect.ownKeys(error).filter((key) => key !== 'stack').map(String),
      elapsedMs: performance.now() - startedMs,
      place: this.settled++,
    });
    try {
      this.ports.push(await navigator.connect(...given));
      return tell('connected');
    } catch (error) {
      return tell('refused', error);
    }
  },
  hear(port, count) {
    const heard = [];
    return new Promise((resolve) => {
      setTimeout(resolve, 8000, heard);
      port.onmessage = ({ data }) => {
        heard.push(data);
        if (heard.length === count) resolve(heard);
      };
    });
  },
  async talk(url, options) {
    const attempt = await this.attempt(url, options);
    if (attempt.state === 'refused') return { ...attempt, heard: [] };
    const port = this.ports.at(-1);
    const [greeting] = await this.hear(port, 1);
    const echo = this.hear(port, 1);
    port.postMessage('ping');
    return { ...attempt, heard: [greeting, ...(await echo)] };
  },
  ask(target, asked) {
    const { port1, port2 } = new MessageChannel();
    return new Promise((resolve) => {
      setTimeout(resolve, 10_000, { state: 'no answer' });
      port1.onmessage = ({ data }) => resolve(data);
      target.postMessage(asked, [port2]);
    });
  },
};
`;

/** The kit in the head of a page. */
export const CONNECT_KIT_HEAD = `<script>${CONNECT_KIT}</script>`;

/** The code of a client's own worker, of any kind: it does what `connectKit.ask` asks. */
export const CLIENT_SCRIPT = `${CONNECT_KIT}
const answerTask = async ({ data, ports: [reply] }) => {
  if (data?.do === undefined) return;
  reply.postMessage(await connectKit[data.do](data.url, data.options));
};
if ('SharedWorkerGlobalScope' in self) {
  self.addEventListener('connect', ({ ports: [port] }) => { port.onmessage = answerTask; });
} else {
  self.addEventListener('message', (event) => {
    const answered = answerTask(event);
    event.waitUntil?.(answered);
  });
}
`;

/** Does what a service's `connect` listener does, for a service that greets its clients and echoes what they say. */
export const ECHO_SCRIPT = `
self.addEventListener('connect', ({ port, origin, targetUrl }) => {
  report('connect ' + origin + ' ' + targetUrl);
  port.onmessage = ({ data }) => port.postMessage({ echo: data });
  port.postMessage({ greeting: targetUrl, origin });
});
`;
