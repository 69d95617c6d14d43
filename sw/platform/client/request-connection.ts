import { CONNECT_DEADLINE_MS } from '../limits.ts';
import { define, type Message, message, parseMessage } from '../protocol.ts';

/** What a client says of a connection: the service reads both in the event, the client on its port. */
export type ConnectOptions = { readonly name?: string; readonly data?: unknown };

/** Sends a message, which names the origin that it is for, with what is transferred. */
export type Send = (sent: Message, transfer: Transferable[]) => void;

/** The one error of all that keeps a connection from being established. */
export function abortError(): DOMException {
  return new DOMException('The connection was not established.', 'AbortError');
}

/**
 * Asks for a connection and awaits the service's decision.
 *
 * A refusal is never sent: what is not accepted at the deadline rejects, whatever the reason, with the same AbortError.
 * The control port lives as long as the connection: `close` goes both ways over it. Rejects with TypeError for a URL
 * that cannot be parsed, with DataCloneError for data that cannot be cloned.
 */
export async function requestConnection(
  url: string | URL,
  base: string,
  { name = '', data }: ConnectOptions,
  send: Send,
  createPort?: (id: string, target: URL) => MessagePort,
): Promise<MessagePort> {
  const target = new URL(url, base);
  structuredClone(data);
  target.hash = '';
  const { port1: control, port2 } = new MessageChannel();
  const direct = new MessageChannel();
  const sayClosed = () => control.postMessage(message('close', { id: '' }));
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => {
      sayClosed();
      reject(abortError());
    }, CONNECT_DEADLINE_MS);
    const port = direct.port1;
    control.onmessage = (event) => {
      const answer = parseMessage(event.data);
      if (answer?.nc === 'close') port.dispatchEvent(new Event('close'));
      if (answer?.nc !== 'accepted') return;
      clearTimeout(deadline);
      resolve(define(createPort?.(answer.id, target) ?? closing(port, sayClosed), { name: `${name}`, data }));
    };
    const ask = message('connect', { url: target.href, name: `${name}`, data, to: target.origin });
    if (isSecureContext && target.origin !== 'null') send(ask, createPort ? [port2] : [port2, direct.port2]);
  });
}

/** Browsers do not tell a port that the other end is closed: the control port does. */
function closing(port: MessagePort, closed: () => void): MessagePort {
  return define(port, {
    close: () => {
      closed();
      MessagePort.prototype.close.call(port);
    },
  });
}
