import { askForeign, createFallingFetch } from '../client/ask-foreign.ts';
import { type ConnectOptions, requestConnection } from '../client/request-connection.ts';
import { isEligible } from '../decisions/is-eligible.ts';
import { CLAIM_DEADLINE_MS, CONNECT_DEADLINE_MS } from '../limits.ts';
import { define, message } from '../protocol.ts';

declare const self: DedicatedWorkerGlobalScope & { onconnect?: unknown };

type Page = Pick<MessagePort, 'postMessage'>;

/** The page that started a dedicated worker; the ports of those that are connected to a shared one. */
const pages: Page[] = 'SharedWorkerGlobalScope' in self ? [] : [self];
let isAlone = false;

/** Finds a page that brokers; a worker whose pages do not is alone until another page comes. */
async function findPage(deadlineMs: number): Promise<Page | undefined> {
  const found = await new Promise<Page | undefined>((resolve) => {
    setTimeout(resolve, deadlineMs, undefined);
    for (const page of pages) {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(page);
      page.postMessage(message('broker', {}), [port2]);
    }
  });
  isAlone = !found;
  return found;
}

/** Gives dedicated and shared workers `navigator.connect()`, and has their `fetch()` fall through. */
export function startWorker(): void {
  self.addEventListener('connect', (event) => {
    pages.push(...(event as MessageEvent).ports);
    isAlone = false;
  });
  define(navigator, {
    connect: (url: string | URL, options: ConnectOptions = {}) =>
      requestConnection(url, self.location.href, options, async (sent, transfer) =>
        (await findPage(CONNECT_DEADLINE_MS))?.postMessage(sent, transfer),
      ),
  });
  const native = self.fetch.bind(self);
  self.fetch = createFallingFetch(native, async (request) => {
    const mayFall = isSecureContext && isEligible(request, self.location.origin) && !request.integrity;
    const page = mayFall && !isAlone ? await findPage(CLAIM_DEADLINE_MS) : undefined;
    return page && askForeign(request, (sent, transfer) => page.postMessage(sent, transfer));
  });
}
