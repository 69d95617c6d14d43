import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { endProcessGroup } from './end-process-group.ts';

/** The two settings that users have: Google Chrome's default, and Debian's and careful people's. */
export type ThirdPartyCookies = 'allowed' | 'blocked';

/** How a Chromium starts. */
export type SpawnOptions = {
  readonly thirdPartyCookies: ThirdPartyCookies;
  /** More command-line arguments, like `--host-resolver-rules=MAP *.test 127.0.0.1`. */
  readonly arguments?: readonly string[];
  /** A profile of the caller's, which outlives the browser; without it the profile is fresh and removed. */
  readonly profileFolder?: string;
};

/** A running Chromium with storage partitioned as users have it. */
export type SpawnedChromium = {
  readonly debuggingPort: number;
  /** The address of the browser's own debugging session. */
  readonly browserSocketUrl: string;
  /** Resolves when the browser has left by itself, or after the time given. */
  waitForExit(timeoutMs: number): Promise<void>;
  /** Kills the browser with all its processes and removes its profile. */
  end(): Promise<void>;
};

const EXECUTABLES = [
  process.env['CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const ARGUMENTS =
  '--headless --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --remote-debugging-port=0'.split(
    ' ',
  );
const LAUNCH_DEADLINE_MS = 30_000;

/** The path of an installed Chromium, the one that CHROMIUM names first. */
export function findChromium(): string | undefined {
  return EXECUTABLES.find((path) => path !== '' && existsSync(path));
}

/** Spawns Chromium and waits for its debugging port; throws where Chromium is missing or opens none. */
export async function spawnChromium(options: SpawnOptions): Promise<SpawnedChromium> {
  const executable = findChromium();
  if (executable === undefined) {
    throw new Error('Chromium is not installed: run apt-get install chromium, or name an executable with CHROMIUM.');
  }
  const profile = options.profileFolder ?? (await mkdtemp(join(tmpdir(), 'typecase-chromium-')));
  await prepareProfile(profile, options.thirdPartyCookies);
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const flags = [...ARGUMENTS, ...sandbox, ...(options.arguments ?? []), `--user-data-dir=${profile}`];
  const child = spawn(executable, [...flags, 'about:blank'], { stdio: 'ignore', detached: true });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const end = async () => {
    endProcessGroup(child.pid);
    await exited;
    if (options.profileFolder === undefined) await removeProfile(profile);
  };
  try {
    const { port, path } = await readDebuggingAddress(profile);
    return {
      debuggingPort: port,
      browserSocketUrl: `ws://127.0.0.1:${port}${path}`,
      waitForExit: (timeoutMs) => Promise.race([exited, delay(timeoutMs, undefined, { ref: false })]),
      end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Writes the preferences, and forgets the port of an earlier run of the same profile. */
async function prepareProfile(profile: string, thirdPartyCookies: ThirdPartyCookies): Promise<void> {
  await rm(join(profile, 'DevToolsActivePort'), { force: true });
  if (existsSync(join(profile, 'Default', 'Preferences'))) return;
  const isBlocked = thirdPartyCookies === 'blocked';
  await mkdir(join(profile, 'Default'), { recursive: true });
  const preferences = { profile: { block_third_party_cookies: isBlocked, cookie_controls_mode: isBlocked ? 1 : 0 } };
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
}

function removeProfile(profile: string): Promise<void> {
  return rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** Reads the file that Chromium writes once it listens: the port, then the path of the browser's session. */
async function readDebuggingAddress(profile: string): Promise<{ port: number; path: string }> {
  for (const startedMs = Date.now(); Date.now() - startedMs < LAUNCH_DEADLINE_MS; await delay(50)) {
    const [port, path] = (await readFile(join(profile, 'DevToolsActivePort'), 'utf8').catch(() => '')).split('\n');
    if (port !== undefined && port !== '' && path !== undefined) return { port: Number(port), path };
  }
  throw new Error('Chromium did not open its debugging port.');
}
