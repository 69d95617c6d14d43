import { get, update } from 'idb-keyval';
import type { Batch } from './batch.ts';
import { type CountAnswer, parseCountMessage, readMessageId } from './messages.ts';
import { countEvent, describeQueue, listBatches, type Queue, sealBatches, settleBatch } from './queue.ts';
import { sendBatch } from './send-batch.ts';
import type { PortMessageEvent, StoredPort, StoredPorts } from './worker-api.ts';

const QUEUE_KEY = 'queue';

const wrongMessage = 'Send { event } with a name like "like": a letter, then letters, digits and hyphens, at most 40.';
const fullQueue = 'This site counts too much.';

/** Changes the queue in one transaction, so that what another life or version of the worker counts is not lost. */
async function changeQueue(change: (queue: Queue) => Queue): Promise<Queue> {
  let changed: Queue = {};
  await update<Queue>(QUEUE_KEY, (queue = {}) => {
    changed = change(queue);
    return changed;
  });
  return changed;
}

async function answerState(port: StoredPort, id?: string): Promise<void> {
  const state = describeQueue((await get<Queue>(QUEUE_KEY)) ?? {}, port.origin);
  port.postMessage({ state, ...(id !== undefined && { id }) } satisfies CountAnswer);
}

/** Tells a new connection how its site's queue stands. */
export function greetCounter(port: StoredPort): void {
  void answerState(port);
}

/** Counts what a message asks to count, answers, and sends what there is to send. */
export async function answerCountMessage(event: PortMessageEvent, ports: StoredPorts): Promise<void> {
  const { data, source, origin } = event;
  const message = parseCountMessage(data);
  if (message === undefined) return refuse(source, wrongMessage, readMessageId(data));
  if (message.kind === 'count') {
    let isFull = false;
    await changeQueue((queue) => {
      const counted = countEvent(queue, origin, message.event, message.id);
      isFull = counted === undefined;
      return counted ?? queue;
    });
    if (isFull) return refuse(source, fullQueue, message.id);
    await answerState(source, message.id);
  }
  await sendAll(ports);
}

function refuse(port: StoredPort, error: string, id?: string): void {
  port.postMessage({ error, ...(id !== undefined && { id }) } satisfies CountAnswer);
}

let sending: Promise<void> | undefined;

/** Sends until nothing waits or the server cannot be reached; one run at a time, which takes along what comes meanwhile. */
function sendAll(ports: StoredPorts): Promise<void> {
  sending ??= sendBatches(ports).finally(() => {
    sending = undefined;
  });
  return sending;
}

async function sendBatches(ports: StoredPorts): Promise<void> {
  for (;;) {
    const queue = await changeQueue((before) => sealBatches(before, () => crypto.randomUUID()));
    const batches = listBatches(queue);
    if (batches.length === 0) return;
    const settled = await Promise.all(batches.map((batch) => settle(batch, ports)));
    if (settled.includes(false)) return;
  }
}

/** Sends one batch and tells its site's connections; false where it has to wait. */
async function settle(batch: Batch, ports: StoredPorts): Promise<boolean> {
  const outcome = await sendBatch(batch);
  if (outcome.state === 'later') return false;
  await changeQueue((queue) => settleBatch(queue, batch, outcome.state === 'taken' ? outcome.counts : undefined));
  const connected = await ports.match('count');
  await Promise.all(connected.filter(({ origin }) => origin === batch.origin).map((port) => answerState(port)));
  return true;
}
