/**
 * The code of a worker that stores ports, for services and for clients' own workers.
 *
 * A connection to `/store/<name>` is stored under that name, one to `/hold` is held as long as the worker lives, and one
 * to `/ask` evaluates the script that comes as its data. A message `{ echo }` is answered. What arrives is noted, and told
 * on the broadcast channel `handled`, which survives the worker, as the last thing that its handler does.
 */
export const PORTS_WORKER = `
self.workerKit = { life: crypto.randomUUID(), events: [], kept: [] };
const handled = new BroadcastChannel('handled');
const evaluate = async (script) => {
  try {
    return { value: await (0, eval)(script) };
  } catch ({ name, message }) {
    return { error: { name, message } };
  }
};
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('connect', (event) => {
  const [, action, name] = new URL(event.targetUrl).pathname.split('/');
  if (action === 'ask') event.waitUntil(evaluate(event.data).then((outcome) => event.port.postMessage(outcome)));
  if (action === 'store') self.ports.add(decodeURIComponent(name), event.port);
  if (action === 'hold') {
    workerKit.kept.push(event.port);
    event.port.onmessage = ({ data }) => {
      handled.postMessage(data);
      event.port.postMessage({ echoed: data.echo });
    };
  }
});
self.addEventListener('message', (event) => {
  if (typeof event.data?.ask !== 'string') return;
  event.waitUntil(evaluate(event.data.ask).then((outcome) => event.ports[0].postMessage(outcome)));
});
self.ports.addEventListener('message', ({ type, data, name, origin, source }) => {
  workerKit.events.push({ type, data, name, origin });
  if (data?.echo !== undefined) source.postMessage({ echoed: data.echo, name, life: workerKit.life });
  handled.postMessage(data);
});
self.ports.addEventListener('close', ({ type, name, origin }) => {
  handled.postMessage({ closed: 'closed ' + name });
  workerKit.events.push({ type, name, origin });
});
`;

/** The code of a client's own worker: it also takes over the pages that are open. */
export const CLIENT_WORKER = `${PORTS_WORKER}
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
`;

/** What a page can do with ports, as a script for its head; see the type PageKit. */
export const PAGE_KIT = `<script>
const pageKit = {
  ports: {},
  received: {},
  closed: {},
  hold(key, port) {
    this.ports[key] = port;
    this.received[key] = [];
    this.closed[key] = 0;
    port.onmessage = ({ data }) => this.received[key].push(data);
    port.addEventListener('close', () => this.closed[key]++);
  },
  async connect(key, url, options) {
    this.hold(key, await navigator.connect(url, options));
  },
  post(key, messages) {
    for (const one of messages) this.ports[key].postMessage(one);
  },
  async until(probe, timeoutMs) {
    for (const startedMs = performance.now(); performance.now() - startedMs < timeoutMs; ) {
      const found = await probe();
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return undefined;
  },
  async ask(origin, script) {
    const port = await navigator.connect(origin + '/ask', { data: script });
    const outcome = await new Promise((resolve) => (port.onmessage = ({ data }) => resolve(data)));
    port.close();
    return outcome;
  },
  async tell(script) {
    const { active } = await navigator.serviceWorker.ready;
    const { port1, port2 } = new MessageChannel();
    return new Promise((resolve) => {
      port1.onmessage = ({ data }) => resolve(data);
      active.postMessage({ ask: script }, [port2]);
    });
  },
  async startWorker() {
    await navigator.serviceWorker.register('/sw.js');
    await navigator.serviceWorker.ready;
    await this.until(() => navigator.serviceWorker.controller, 10_000);
  },
};
</script>`;
