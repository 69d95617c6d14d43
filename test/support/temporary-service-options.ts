import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from './find-free-port.ts';

/** Where a service of its own listens, what uploads to it must bear, and its state: a new folder, for the caller to remove. */
export type TemporaryServiceOptions = {
  readonly port: number;
  readonly adminToken: string;
  readonly stateFolder: string;
};

/** Makes the options of a local service that nothing is left of afterwards. */
export async function createTemporaryServiceOptions(): Promise<TemporaryServiceOptions> {
  const stateFolder = await mkdtemp(join(tmpdir(), 'typecase-'));
  return { port: await findFreePort(), adminToken: randomBytes(16).toString('hex'), stateFolder };
}
