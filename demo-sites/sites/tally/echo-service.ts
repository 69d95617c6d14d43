import { get, update } from 'idb-keyval';
import { type EchoAnswer, MAX_ECHO_LENGTH } from './messages.ts';
import type { PortMessageEvent, StoredPort } from './worker-api.ts';

/** The number of this life: the module runs once in each. */
const life = countLife();

async function countLife(): Promise<number> {
  await update<number>('lives', (lives = 0) => lives + 1);
  return (await get<number>('lives')) ?? 1;
}

async function describeLife(): Promise<{ readonly life: number; readonly ageMs: number }> {
  return { life: await life, ageMs: Math.round(performance.now()) };
}

/** Tells a new connection who the worker thinks it is. */
export function greetEcho(port: StoredPort, targetUrl: string): void {
  const { origin } = port;
  void describeLife().then((told) =>
    port.postMessage({ ...told, connected: { origin, targetUrl } } satisfies EchoAnswer),
  );
}

/** Gives a text back. */
export async function answerEcho({ data, source }: PortMessageEvent): Promise<void> {
  const told = await describeLife();
  const isShort = typeof data === 'string' && data.length <= MAX_ECHO_LENGTH;
  const said = isShort ? { echo: data } : { error: `A text of at most ${MAX_ECHO_LENGTH} characters is echoed.` };
  source.postMessage({ ...told, ...said } satisfies EchoAnswer);
}
