import { BRIDGE_PATH } from '../conformance/service-origin.ts';
import type { RawPage } from '../support/raw-chromium-page.ts';

declare global {
  interface Window {
    ids: string[];
    bridge: MessagePort;
    heard: unknown[];
  }
}

/** Notes the ids of the connections that a page makes or carries from now on: what an attacker would have to know. */
export function noteIds(page: RawPage): Promise<void> {
  return page.evaluate(() => {
    window.ids = [];
    const note = (data: { readonly id?: unknown } | null) => {
      if (typeof data?.id === 'string' && data.id !== '') window.ids.push(data.id);
    };
    const { get } = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data')!;
    Object.defineProperty(MessageEvent.prototype, 'data', {
      get(this: MessageEvent) {
        const data = get!.call(this);
        note(data);
        return data;
      },
    });
  });
}

/** Opens a bridge by hand, whose port the page then has as `bridge`. */
export function openBridgeByHand(page: RawPage, origin: string): Promise<void> {
  return page.evaluate(
    async (target, path) => {
      const frame = document.createElement('iframe');
      frame.src = target + path;
      const { port1, port2 } = new MessageChannel();
      window.bridge = port1;
      window.heard = [];
      await new Promise((resolve) => {
        port1.onmessage = ({ data }) => {
          window.heard.push(data);
          resolve(undefined);
        };
        frame.onload = () => frame.contentWindow!.postMessage({ nc: 'hello' }, '*', [port2]);
        document.body.append(frame);
      });
    },
    origin,
    BRIDGE_PATH,
  );
}

/** Says everything of the protocol to the bridge, with the ids of others, and with values that are none. */
export function tellLies(page: RawPage, ids: readonly string[], origin: string): Promise<void> {
  return page.evaluate(
    (others, target) => {
      const { bridge } = window;
      const cycle: Record<string, unknown> = { nc: 'frame' };
      cycle['id'] = cycle;
      const odd = [
        undefined,
        null,
        0,
        '',
        [],
        cycle,
        new Map(),
        { nc: null },
        { nc: '__proto__' },
        { nc: 'frame' },
        'x'.repeat(1e6),
      ];
      for (const data of odd) bridge.postMessage(data);
      const seqs = [Number.MAX_SAFE_INTEGER, 1, 0, -1, Number.NaN, Number.POSITIVE_INFINITY, '1', null];
      for (const id of [...others, '', 'toString', 1, null]) {
        for (const seq of seqs) {
          bridge.postMessage({ nc: 'frame', id, seq, previous: 0, data: { echo: 'a lie' } });
          bridge.postMessage({ nc: 'frame', id, seq, previous: seq, data: { data: { echo: 'a lie' }, ports: [] } });
          bridge.postMessage({ nc: 'ack', id, seq });
        }
        const { port1, port2 } = new MessageChannel();
        bridge.postMessage({ nc: 'keep', id }, [port1]);
        bridge.postMessage({ nc: 'connect', url: `${target}/store/n`, name: '', id, origin: target, data: 1 }, [port2]);
        for (const url of [`${target}/`, target, 'http://[', '', undefined]) {
          bridge.postMessage({ nc: 'resume', id, url, origin: target });
        }
        for (const nc of ['accepted', 'serves', 'broker', 'alive', 'abort', 'install', 'fetch', 'hello', 'close']) {
          bridge.postMessage({ nc, id, lock: 'x', scope: `${target}/`, url: `${target}/`, request: {}, to: target });
        }
        bridge.postMessage({ nc: 'frame', id, seq: 5, previous: 0, data: { echo: 'a lie' } });
      }
    },
    ids,
    origin,
  );
}

/** Floods the bridge with messages of the connections of others, and with requests. */
export function flood(page: RawPage, ids: readonly string[], origin: string, count: number): Promise<void> {
  return page.evaluate(
    (others, target, wanted) => {
      for (let seq = 1; seq <= wanted; seq++) {
        const id = others[seq % others.length];
        const { port1 } = new MessageChannel();
        if (seq % 4 === 0)
          window.bridge.postMessage({ nc: 'connect', url: `${target}/none`, name: '', data: 1 }, [port1]);
        else if (seq % 4 === 1) window.bridge.postMessage({ nc: 'resume', id, url: `${target}/` });
        else window.bridge.postMessage({ nc: 'frame', id, seq, previous: seq - 1, data: { data: 'flood', ports: [] } });
      }
    },
    ids,
    origin,
    count,
  );
}
