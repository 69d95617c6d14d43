import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createServiceClient } from '../../server/cli/ingest/service-client.ts';
import { startLocalService } from '../../server/cli/local-service.ts';
import { findFreePort } from '../support/find-free-port.ts';
import { fontPath, makePacks } from '../support/make-pack.ts';

const adminToken = 'a-token-of-this-test';
let stateFolder: string;

beforeAll(async () => {
  stateFolder = await mkdtemp(join(tmpdir(), 'typecase-'));
});
afterAll(() => rm(stateFolder, { recursive: true }));

describe('the local service', () => {
  it('keeps its faces from start to start, and leaves nothing listening', async () => {
    const port = await findFreePort();
    const client = createServiceClient(`http://fonts.localhost:${port}`, adminToken);
    const [pack] = await makePacks(fontPath('noto-sans-kr'));
    if (pack === undefined) throw new Error('The font was not ingested.');

    const first = await startLocalService({ port, adminToken, stateFolder });
    expect(await client.listBuilds()).toEqual([]);
    await client.upload(pack.face, pack.bytes);
    await first.stop();
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();

    const second = await startLocalService({ port, adminToken, stateFolder });
    expect(await client.listBuilds()).toEqual([pack.build]);
    await second.stop();
  });

  it('says so where its port is taken', async () => {
    const start = startLocalService({ port: inject('servicePort'), adminToken, stateFolder });
    await expect(start).rejects.toThrow(/is taken; name another one with PORT/);
  });
});
