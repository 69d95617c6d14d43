import { setTimeout as delay } from 'node:timers/promises';
import { type DrivenBrowser, type DrivenPage, PAGE_TIMEOUT_MS } from './browser-driver.ts';
import { type CommandSocket, connectCommandSocket } from './command-socket.ts';
import { formatExpression, unwrapOutcome } from './page-expression.ts';
import { spawnFirefox } from './spawn-firefox.ts';
import { withinTime } from './within-time.ts';

/** How a raw Firefox starts. */
export type RawFirefoxOptions = {
  /** How long a service worker lives without an event; 30 s, Firefox's default, where it is left out. */
  readonly idleTimeoutMs?: number;
  /** How long a page may take to answer or to load. */
  readonly pageTimeoutMs?: number;
};

const DEFAULT_IDLE_TIMEOUT_MS = 30_000;
/** What ending a worker takes after its timeout. */
const STOP_MARGIN_MS = 1_000;

/**
 * Launches Firefox, driven by WebDriver BiDi.
 *
 * Firefox stops no worker on demand: `stopWorkers` waits until all idle ones must have stopped, whatever their URLs.
 */
export async function launchRawFirefox(options: RawFirefoxOptions = {}): Promise<DrivenBrowser> {
  const idleTimeoutMs = options.idleTimeoutMs ?? DEFAULT_IDLE_TIMEOUT_MS;
  const timeoutMs = options.pageTimeoutMs ?? PAGE_TIMEOUT_MS;
  const spawned = await spawnFirefox({ 'dom.serviceWorkers.idle_timeout': idleTimeoutMs });
  try {
    const socket = await connectCommandSocket(spawned.socketUrl);
    await socket.send('session.new', { capabilities: {} });
    return {
      newPage: async (url) => {
        const page = await openPage(socket, timeoutMs);
        if (url !== undefined) await page.goto(url);
        return page;
      },
      stopWorkers: () => delay(idleTimeoutMs + STOP_MARGIN_MS),
      close: async () => {
        socket.close();
        await spawned.end();
      },
    };
  } catch (error) {
    await spawned.end();
    throw error;
  }
}

async function openPage(socket: CommandSocket, timeoutMs: number): Promise<DrivenPage> {
  const { context } = await socket.send<{ context: string }>('browsingContext.create', { type: 'window' });
  return {
    goto: async (url) => {
      const loaded = socket.send('browsingContext.navigate', { context, url, wait: 'complete' });
      await withinTime(loaded, timeoutMs, `Loading ${url}`);
    },
    evaluate: (run, ...args) =>
      withinTime(
        evaluateIn(socket, context, formatExpression(run, args)),
        timeoutMs,
        'Evaluating in the page',
      ) as never,
    close: async () => {
      await withinTime(socket.send('browsingContext.close', { context }), timeoutMs, 'Closing the page');
    },
  };
}

async function evaluateIn(socket: CommandSocket, context: string, expression: string): Promise<unknown> {
  type Answer =
    | { readonly type: 'success'; readonly result: { readonly value?: string } }
    | { readonly type: 'exception'; readonly exceptionDetails: { readonly text: string } };
  const answer = await socket.send<Answer>('script.evaluate', { expression, target: { context }, awaitPromise: true });
  if (answer.type === 'exception') throw new Error(answer.exceptionDetails.text);
  return unwrapOutcome(answer.result.value ?? '{"state":"returned"}');
}
