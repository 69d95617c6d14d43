import type { CommandSocket, SocketEvent } from './command-socket.ts';

/** A connection as it is felt: round trip and bytes per second, of each target (page, frame, worker) for itself. */
export type NetworkConditions = {
  readonly latencyMs: number;
  readonly downloadBytesPerSecond: number;
  readonly uploadBytesPerSecond: number;
};

type Attached = {
  readonly sessionId: string;
  readonly waitingForDebugger: boolean;
  readonly targetInfo: { readonly type: string };
};

const ATTACH = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true };

/**
 * Slows the network of everything in a browser down: pages, frames of other sites, workers, those that come later included.
 *
 * Every target gets a debugger, which keeps service workers alive: nothing for tests of lifetimes.
 * @see https://chromedevtools.github.io/devtools-protocol/tot/Network/#method-emulateNetworkConditions
 */
export async function throttleNetwork(socket: CommandSocket, conditions: NetworkConditions): Promise<void> {
  const { latencyMs, downloadBytesPerSecond, uploadBytesPerSecond } = conditions;
  const parameters = {
    offline: false,
    latency: latencyMs,
    downloadThroughput: downloadBytesPerSecond,
    uploadThroughput: uploadBytesPerSecond,
  };
  const prepare = async ({ sessionId, waitingForDebugger }: Attached) => {
    const commands = [
      ['Network.enable', {}],
      ['Network.emulateNetworkConditions', parameters],
      ['Target.setAutoAttach', ATTACH],
      ...(waitingForDebugger ? [['Runtime.runIfWaitingForDebugger', {}] as const] : []),
    ] as const;
    // Some kinds of targets have no network or no children of their own; some are gone before they are asked.
    for (const [method, params] of commands) await socket.send(method, params, sessionId).catch(() => undefined);
  };
  socket.listen(({ method, params }: SocketEvent) => {
    if (method === 'Target.attachedToTarget') void prepare(params as Attached);
  });
  await socket.send('Target.setAutoAttach', ATTACH);
}
