import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Browser, chromium } from 'playwright-core';

/** The two settings that users have: Google Chrome's default, and Debian's and careful people's. */
export type ThirdPartyCookies = 'allowed' | 'blocked';

/** A Chromium with storage partitioned as users have it. */
export type LaunchedChromium = { readonly browser: Browser; close(): Promise<void> };

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

/**
 * Launches Chromium in a fresh profile and connects to it.
 *
 * It is not launched by Playwright, which would switch storage partitioning off.
 */
export async function launchChromium(thirdPartyCookies: ThirdPartyCookies): Promise<LaunchedChromium> {
  const executable = findChromium();
  if (executable === undefined) {
    throw new Error('Chromium is not installed: run apt-get install chromium, or name an executable with CHROMIUM.');
  }
  const profile = await mkdtemp(join(tmpdir(), 'typecase-chromium-'));
  await writePreferences(profile, thirdPartyCookies);
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(executable, [...ARGUMENTS, ...sandbox, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: 'ignore',
    detached: true,
  });
  const end = async () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  try {
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${await readDebuggingPort(profile)}`);
    return {
      browser,
      close: async () => {
        await browser.close();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** The path of an installed Chromium, the one that CHROMIUM names first. */
export function findChromium(): string | undefined {
  return EXECUTABLES.find((path) => path !== '' && existsSync(path));
}

async function writePreferences(profile: string, thirdPartyCookies: ThirdPartyCookies): Promise<void> {
  const isBlocked = thirdPartyCookies === 'blocked';
  await mkdir(join(profile, 'Default'), { recursive: true });
  const preferences = { profile: { block_third_party_cookies: isBlocked, cookie_controls_mode: isBlocked ? 1 : 0 } };
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
}

async function readDebuggingPort(profile: string): Promise<string> {
  for (const startedMs = Date.now(); Date.now() - startedMs < LAUNCH_DEADLINE_MS; await delay(50)) {
    const [port] = (await readFile(join(profile, 'DevToolsActivePort'), 'utf8').catch(() => '')).split('\n');
    if (port !== undefined && port !== '') return port;
  }
  throw new Error('Chromium did not open its debugging port.');
}
