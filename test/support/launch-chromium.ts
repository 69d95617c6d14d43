import { type Browser, chromium } from 'playwright-core';
import { spawnChromium, type ThirdPartyCookies } from './spawn-chromium.ts';

/** A Chromium with storage partitioned as users have it. */
export type LaunchedChromium = { readonly browser: Browser; close(): Promise<void> };

/**
 * Launches Chromium in a fresh profile and connects to it.
 *
 * It is not launched by Playwright, which would switch storage partitioning off.
 */
export async function launchChromium(
  thirdPartyCookies: ThirdPartyCookies,
  extraArguments: readonly string[] = [],
): Promise<LaunchedChromium> {
  const spawned = await spawnChromium({ thirdPartyCookies, arguments: extraArguments });
  try {
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${spawned.debuggingPort}`);
    return {
      browser,
      close: async () => {
        await browser.close();
        await spawned.end();
      },
    };
  } catch (error) {
    await spawned.end();
    throw error;
  }
}
