import type { Send } from '../client/request-connection.ts';
import { parseMessage } from '../protocol.ts';

/**
 * Brokers for this page's dedicated and shared workers: they have no frames, so they ask the page that started them.
 *
 * The listener is the first on each worker, and keeps the protocol's messages from the application. `isServed` tells
 * whether requests to an origin may fall through.
 */
export function patchWorkers(send: Send, isServed: (origin: string) => boolean): void {
  const broker = (event: Event) => {
    const { data, ports } = event as MessageEvent;
    const sent = parseMessage(data);
    if (!sent) return;
    event.stopImmediatePropagation();
    if (sent.nc === 'connect' || (sent.nc === 'fetch' && isServed(sent.to ?? ''))) send(sent, [...ports]);
    else ports[0]?.postMessage(sent);
  };
  const construct = (native: typeof Worker, args: ConstructorParameters<typeof Worker>, as: typeof Worker) => {
    const worker = Reflect.construct(native, args, as) as Worker & { readonly port?: MessagePort };
    (worker.port ?? worker).addEventListener('message', broker);
    return worker;
  };
  for (const name of ['Worker', 'SharedWorker'] as const) {
    if (name in window) Object.assign(window, { [name]: new Proxy(window[name] as typeof Worker, { construct }) });
  }
}
