/** A process that does what an isolate of the service does; prints its peak resident memory in KiB. */
import { readFileSync } from 'node:fs';
import { assembleFont } from '../../font-service/assemble/assemble-font.ts';
import type { CodepointSet } from '../../font-service/codepoints/codepoint-set.ts';
import { readPack } from '../../font-service/pack/pack.ts';
import { brotliAt } from './brotli-at.ts';

const DELTAS_A_FACE = 20;
const CODEPOINTS = 500;

const packs = process.argv.slice(2).map((path) => {
  const { buffer, byteOffset, byteLength } = readFileSync(path);
  return readPack(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength));
});
for (let delta = 0; delta < DELTAS_A_FACE; delta++) {
  for (const pack of packs) {
    const every = Math.floor(pack.codepoints.length / CODEPOINTS);
    await assembleFont(
      pack,
      pack.codepoints.filter((_, index) => index % every === delta) as CodepointSet,
      brotliAt(5),
    );
  }
}
// Not resourceUsage().maxRSS: Linux counts there what the parent held when it forked.
const [, peakKiB = ''] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
console.log(peakKiB);
