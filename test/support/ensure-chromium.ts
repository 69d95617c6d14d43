import { spawnSync } from 'node:child_process';
import { findChromium } from './spawn-chromium.ts';

/** Installs Debian's Chromium where it is missing and may be installed; else says what to install. */
function installChromium(): boolean {
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const run = (...command: string[]) => {
    const [name = '', ...rest] = [...sudo, ...command];
    return (
      spawnSync(name, rest, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status ===
      0
    );
  };
  return (
    run('apt-get', 'update', '-qq') && run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium')
  );
}

if (findChromium() === undefined && !(installChromium() && findChromium() !== undefined)) {
  console.error(
    'The browser tests need Chromium. Install it (Debian: apt-get install chromium), or name one with CHROMIUM=/path.',
  );
  process.exitCode = 1;
}
