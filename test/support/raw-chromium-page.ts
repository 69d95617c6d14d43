import type { DrivenPage } from './browser-driver.ts';
import type { CommandSocket, SocketEvent } from './command-socket.ts';
import { formatExpression, unwrapOutcome } from './page-expression.ts';
import { withinTime } from './within-time.ts';

/** A page of the raw Chromium. */
export interface RawPage extends DrivenPage {
  /** Errors that the page's console shows, uncaught exceptions included; frames of other sites and workers excluded. */
  consoleErrors(): readonly string[];
  /** Sends a command of the page's session. */
  send: CdpSession['send'];
  /** Begins to navigate, and does not wait. */
  startLoading(url: string): Promise<void>;
}

/** A session of one page, or the browser's where it has no id: what commands and events go through. */
export type CdpSession = {
  send<Result>(method: string, params?: object): Promise<Result>;
  /** Calls the listener for each event of this session until the function returned is called. */
  listen(listener: (method: string, params: unknown) => void): () => void;
};

type LifecycleEvent = { readonly name: string; readonly loaderId: string };
type LogEntry = { readonly entry: { readonly level: string; readonly text: string; readonly url?: string } };
type ThrownException = {
  readonly exceptionDetails: { readonly text: string; readonly exception?: { readonly description?: string } };
};
type ConsoleCall = { readonly type: string; readonly args: readonly { value?: unknown; description?: string }[] };

/** Opens a session with a page; its workers and frames stay without a debugger. */
export async function attachToPage(socket: CommandSocket, targetId: string): Promise<CdpSession> {
  const { sessionId } = await socket.send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true });
  return {
    send: (method, params) => socket.send(method, params, sessionId),
    listen: (listener) =>
      socket.listen((event: SocketEvent) => {
        if (event.sessionId === sessionId) listener(event.method, event.params);
      }),
  };
}

/** Opens an empty page of its own window, so that it counts as visible; its timers are not throttled. */
export async function openRawPage(socket: CommandSocket, timeoutMs: number): Promise<RawPage> {
  const where = { url: 'about:blank', newWindow: true };
  const { targetId } = await socket.send<{ targetId: string }>('Target.createTarget', where);
  const session = await attachToPage(socket, targetId);
  const errors: string[] = [];
  const stopListening = session.listen((method, params) => errors.push(...errorsOf(method, params)));
  for (const method of ['Page.enable', 'Runtime.enable', 'Log.enable']) await session.send(method);
  await session.send('Page.setLifecycleEventsEnabled', { enabled: true });
  await session.send('Emulation.setFocusEmulationEnabled', { enabled: true });
  return {
    goto: (url) => withinTime(navigate(session, url), timeoutMs, `Loading ${url}`),
    evaluate: (run, ...args) =>
      withinTime(evaluateIn(session, formatExpression(run, args)), timeoutMs, 'Evaluating in the page') as never,
    consoleErrors: () => [...errors],
    send: (method, params) => withinTime(session.send(method, params), timeoutMs, method),
    startLoading: async (url) => {
      await session.send('Page.navigate', { url });
    },
    close: async () => {
      stopListening();
      await withinTime(socket.send('Target.closeTarget', { targetId }), timeoutMs, 'Closing the page');
    },
  };
}

async function navigate(session: CdpSession, url: string): Promise<void> {
  const loaded = new Set<string>();
  let wake = () => {};
  const stopListening = session.listen((method, params) => {
    if (method !== 'Page.lifecycleEvent') return;
    const { name, loaderId } = params as LifecycleEvent;
    if (name === 'load') loaded.add(loaderId);
    wake();
  });
  try {
    type Answer = { readonly loaderId?: string; readonly errorText?: string };
    const { loaderId, errorText } = await session.send<Answer>('Page.navigate', { url });
    if (errorText !== undefined) throw new Error(`Loading ${url}: ${errorText}`);
    while (loaderId !== undefined && !loaded.has(loaderId)) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    stopListening();
  }
}

async function evaluateIn(session: CdpSession, expression: string): Promise<unknown> {
  type Answer = { readonly result: { readonly value?: string } } & Partial<ThrownException>;
  const options = { expression, awaitPromise: true, returnByValue: true, userGesture: false };
  const { result, exceptionDetails } = await session.send<Answer>('Runtime.evaluate', options);
  if (exceptionDetails !== undefined) throw new Error(describeException({ exceptionDetails }));
  return unwrapOutcome(result.value ?? '{"state":"returned"}');
}

function errorsOf(method: string, params: unknown): readonly string[] {
  if (method === 'Runtime.exceptionThrown') return [describeException(params as ThrownException)];
  if (method === 'Log.entryAdded') {
    const { level, text, url = '' } = (params as LogEntry).entry;
    return level === 'error' ? [`${text} ${url}`.trim()] : [];
  }
  if (method !== 'Runtime.consoleAPICalled') return [];
  const { type, args } = params as ConsoleCall;
  return type === 'error' ? [args.map(({ value, description }) => String(value ?? description)).join(' ')] : [];
}

function describeException({ exceptionDetails: { text, exception } }: ThrownException): string {
  return exception?.description ?? text;
}
