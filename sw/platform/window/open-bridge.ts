import { CONNECT_DEADLINE_MS } from '../limits.ts';
import { BRIDGE_PATH, message, parseMessage } from '../protocol.ts';

const bridges = new Map<string, Promise<MessagePort>>();

/**
 * Opens the bridge of an origin, once a page; the frame stays, because with it everything that it keeps would go.
 *
 * A frame that does not answer says nothing, so after CONNECT_DEADLINE_MS it is taken away, and the next call tries anew.
 */
export function openBridge(origin: string, listen: (event: MessageEvent) => void): Promise<MessagePort> {
  const opened = bridges.get(origin);
  if (opened) return opened;
  const frame = document.createElement('iframe');
  const { port1, port2 } = new MessageChannel();
  const opening = new Promise<MessagePort>((resolve) => {
    const deadline = setTimeout(() => {
      frame.remove();
      bridges.delete(origin);
    }, CONNECT_DEADLINE_MS);
    port1.onmessage = (event) => {
      if (parseMessage(event.data)?.nc !== 'hello') return listen(event);
      clearTimeout(deadline);
      resolve(port1);
    };
  });
  frame.src = origin + BRIDGE_PATH;
  frame.hidden = true;
  frame.referrerPolicy = 'no-referrer';
  frame.onload = () => frame.contentWindow?.postMessage(message('hello', {}), origin, [port2]);
  document.documentElement.append(frame);
  bridges.set(origin, opening);
  return opening;
}
