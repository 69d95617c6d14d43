import type { QueueState } from '../sites/tally/messages.ts';

/** A site's connection to the tally. */
export type Counter = {
  /** Counts an event. Nothing is lost while there is no connection, and nothing counts twice. */
  count(event: string): void;
  /** Has the tally send what waits. */
  sayOnline(): void;
  /** Messages that the tally has not answered yet, by the event that they count. */
  pending(): readonly string[];
};

/** What a counter is made of. */
export type CounterOptions = {
  /** Opens a connection; rejects where there is none to be had. */
  readonly connect: () => Promise<MessagePort>;
  /** Is called with each state of the queue that the tally tells, and where a message is refused, with none. */
  readonly onAnswer: (state: QueueState | undefined) => void;
  readonly createId?: () => string;
  readonly retryAfterMs?: number;
  readonly resendAfterMs?: number;
};

/**
 * Connects to the tally, again whenever the connection ends.
 *
 * A message is kept until the tally has answered it. It goes over the next connection if this one ends before, and again
 * under the same id if no answer comes: a worker may be ended between taking a message and counting it, or answering.
 */
export function openCounter({
  connect,
  onAnswer,
  createId = () => crypto.randomUUID(),
  retryAfterMs = 5000,
  resendAfterMs = 3000,
}: CounterOptions): Counter {
  const pending = new Map<string, string>();
  let port: MessagePort | undefined;

  const hear = ({ data }: MessageEvent) => {
    const { id, state } = (data ?? {}) as { readonly id?: string; readonly state?: QueueState };
    if (id !== undefined) pending.delete(id);
    onAnswer(state);
  };
  const send = (id: string) => {
    const event = pending.get(id);
    if (event !== undefined) port?.postMessage({ event, id });
  };
  const insist = (id: string) => {
    setTimeout(() => {
      if (!pending.has(id)) return;
      send(id);
      insist(id);
    }, resendAfterMs);
  };
  const open = async () => {
    const opened = await connect();
    port = opened;
    opened.addEventListener('close', () => {
      port = undefined;
      setTimeout(keepOpen, retryAfterMs);
    });
    opened.onmessage = hear;
    for (const id of pending.keys()) send(id);
  };
  const keepOpen = () => {
    open().catch(() => setTimeout(keepOpen, retryAfterMs));
  };
  keepOpen();

  return {
    count: (event) => {
      const id = createId();
      pending.set(id, event);
      send(id);
      insist(id);
    },
    sayOnline: () => port?.postMessage({ online: true }),
    pending: () => [...pending.values()],
  };
}
