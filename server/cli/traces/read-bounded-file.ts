import { readFileSync, statSync } from 'node:fs';
import { TraceError } from './trace-error.ts';

/** Reads a file of text in UTF-8. @throws TraceError where it is not there, or larger than `maxBytes`. */
export function readBoundedFile(path: string, maxBytes: number): string {
  try {
    const { size } = statSync(path);
    if (size > maxBytes) throw new TraceError(`${path} has ${size} bytes; it should have at most ${maxBytes}.`);
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    if (error instanceof TraceError) throw error;
    throw new TraceError(`${path} cannot be read (${(error as Error).message}).`);
  }
}
