import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { endProcessGroup } from './end-process-group.ts';
import { withinTime } from './within-time.ts';

/** A preference of Firefox. */
export type FirefoxPreference = boolean | number | string;

/** A running Firefox in a fresh profile. */
export type SpawnedFirefox = {
  /** The address of its WebDriver BiDi session. */
  readonly socketUrl: string;
  /** Kills the browser with all its processes and removes its profile. */
  end(): Promise<void>;
};

const LAUNCH_DEADLINE_MS = 60_000;
/** Storage, cookies and service workers stay as users have them; every name leads to loopback. */
const PREFERENCES: Readonly<Record<string, FirefoxPreference>> = {
  'network.dns.forceResolve': '127.0.0.1',
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'app.update.disabledForTesting': true,
};

/** The path of an installed Firefox, the one that FIREFOX names first. */
export function findFirefox(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const installed = ['firefox-esr', 'firefox'].flatMap((name) => folders.map((folder) => join(folder, name)));
  return [process.env['FIREFOX'] ?? '', ...installed].find((path) => path !== '' && existsSync(path));
}

/** Spawns Firefox with more preferences and waits for its socket; throws where Firefox is missing or opens none. */
export async function spawnFirefox(
  preferences: Readonly<Record<string, FirefoxPreference>> = {},
): Promise<SpawnedFirefox> {
  const executable = findFirefox();
  if (executable === undefined) {
    throw new Error('Firefox is not installed: run apt-get install firefox-esr, or name an executable with FIREFOX.');
  }
  const profile = await mkdtemp(join(tmpdir(), 'typecase-firefox-'));
  await writeFile(join(profile, 'user.js'), formatPreferences({ ...PREFERENCES, ...preferences }));
  const child = spawn(executable, ['--headless', '--remote-debugging-port=0', '--no-remote', '--profile', profile], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const end = async () => {
    endProcessGroup(child.pid);
    await exited;
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  try {
    const address = await withinTime(readSocketAddress(child), LAUNCH_DEADLINE_MS, 'Launching Firefox');
    return { socketUrl: `${address}/session`, end };
  } catch (error) {
    await end();
    throw error;
  }
}

function formatPreferences(preferences: Readonly<Record<string, FirefoxPreference>>): string {
  const lines = Object.entries(preferences).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  return lines.join('');
}

/** Reads on after the address has come, since a full pipe would stop the browser. */
function readSocketAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error('Firefox ended before it opened its socket.')));
    if (child.stderr === null) return;
    createInterface(child.stderr).on('line', (line) => {
      const [, address] = /WebDriver BiDi listening on (ws:\S+)/.exec(line) ?? [];
      if (address !== undefined) resolve(address);
    });
  });
}
