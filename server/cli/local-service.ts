import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { projectRoot } from './project-root.ts';

const READY_DEADLINE_MS = 60_000;
const STOP_DEADLINE_MS = 5000;
const POLL_MS = 100;

/** Where the local service listens, what uploads must bear, and the folder of its state, log and secrets. */
export type LocalServiceOptions = {
  readonly port: number;
  readonly adminToken: string;
  readonly stateFolder: string /** How many sites must have shown what plans know; as deployed, where it is left out. */;
  readonly leastSites?: number;
};

/** The service in local workerd while it runs. */
export type LocalService = {
  /** Ends workerd and all that wrangler started; resolves when they are gone. */
  stop(): Promise<void>;
  /** Ends them at once, as a machine's failure would. */
  kill(): Promise<void>;
};

/**
 * Starts the service in local workerd by `wrangler dev`, its state on disk; resolves when it answers.
 *
 * @throws Error where the port is taken or the service does not come up; wrangler's words are in the folder's service.log.
 */
export async function startLocalService(options: LocalServiceOptions): Promise<LocalService> {
  const { port, adminToken, stateFolder } = options;
  if (await answers(port)) throw new Error(`Port ${port} is taken; name another one with PORT.`);
  const secrets = `${stateFolder}/secrets.env`;
  await writeFile(secrets, `ADMIN_TOKEN=${adminToken}\n`, { mode: 0o600 });
  const log = createWriteStream(`${stateFolder}/service.log`);
  const wrangler = spawnWrangler(options, secrets, log);
  const service = { stop: () => stopGroup(wrangler, 'SIGTERM'), kill: () => stopGroup(wrangler, 'SIGKILL') };
  process.once('exit', () => signalGroup(wrangler, 'SIGKILL'));
  for (const startedMs = Date.now(); !(await isHealthy(port)); await delay(POLL_MS)) {
    const hasEnded = wrangler.exitCode !== null;
    if (!hasEnded && Date.now() - startedMs < READY_DEADLINE_MS) continue;
    await service.stop();
    throw new Error(`The service did not come up on port ${port}; ${stateFolder}/service.log says why.`);
  }
  return service;
}

function spawnWrangler(
  { port, stateFolder, leastSites }: LocalServiceOptions,
  secrets: string,
  log: WriteStream,
): ChildProcess {
  const variables = leastSites === undefined ? [] : ['--var', `LEAST_SITES:${leastSites}`];
  const state = ['--persist-to', `${stateFolder}/state`, '--env-file', secrets, ...variables];
  const quiet = ['--show-interactive-dev-session=false', '--log-level', 'warn', '--inspector-port', '0'];
  const script = `${projectRoot}/node_modules/wrangler/bin/wrangler.js`;
  // A process group of its own: wrangler starts workerd, and both are ended together.
  const wrangler = spawn(process.execPath, [script, 'dev', '--port', String(port), ...state, ...quiet], {
    cwd: projectRoot,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', NO_COLOR: '1', CLOUDFLARE_CF_FETCH_ENABLED: 'false' },
  });
  wrangler.stdout?.pipe(log);
  wrangler.stderr?.pipe(log);
  return wrangler;
}

async function stopGroup(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  signalGroup(child, signal);
  for (const startedMs = Date.now(); signalGroup(child, 0); await delay(POLL_MS)) {
    if (Date.now() - startedMs > STOP_DEADLINE_MS) signalGroup(child, 'SIGKILL');
  }
}

/** Signals all processes of the group; false where none is left. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  try {
    return child.pid !== undefined && process.kill(-child.pid, signal);
  } catch {
    return false;
  }
}

async function isHealthy(port: number): Promise<boolean> {
  const response = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
  return response?.ok ?? false;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('close', () => resolve(false)).setTimeout(1000, () => socket.destroy());
    socket.once('connect', () => socket.destroy());
  });
}
