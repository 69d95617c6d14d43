import { constants, gzipSync } from 'node:zlib';
import { formatTraceLine } from './format-trace-line.ts';
import type { ObservedPage } from './parse-trace-line.ts';
import { writeWholeFile } from './write-whole-file.ts';

/** Writes pages as `readTraces` reads them, gzipped, whole or not at all; gives the file's size in bytes. */
export function writeTraces(path: string, pages: readonly ObservedPage[]): number {
  const text = pages.map((page) => `${formatTraceLine(page)}\n`).join('');
  const bytes = gzipSync(text, { level: constants.Z_BEST_COMPRESSION });
  writeWholeFile(path, bytes);
  return bytes.length;
}
