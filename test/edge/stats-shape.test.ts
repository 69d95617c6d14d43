import { createScheduledController, env } from 'cloudflare:test';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { CodepointSet } from '../../font-service/codepoints/codepoint-set.ts';
import { formatSet } from '../../font-service/codepoints/set-encoding.ts';
import { readPack } from '../../font-service/pack/pack.ts';
import readme from '../../README.md?raw';
import worker from '../../server/worker.ts';
import { ask } from './support/ask.ts';
import { providedPack } from './support/provided-pack.ts';
import { headersOf, sendReport } from './support/send-report.ts';
import { uploadPack } from './support/upload-pack.ts';

const pack = providedPack('smallPack');
const { meta, codepoints } = readPack(pack);
const HAN = codepoints.filter((codepoint) => codepoint >= 0x4e00 && codepoint < 0xa000) as CodepointSet;

/** The paths of all members: `faces[].plan.id`; arrays show theirs by their first element. */
function pathsOf(value: unknown, path = ''): readonly string[] {
  if (Array.isArray(value)) return value.length === 0 ? [`${path}[]`] : pathsOf(value[0], `${path}[]`);
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, member]) => pathsOf(member, path === '' ? name : `${path}.${name}`));
}

const REQUEST_PATHS = ['base', 'slice', 'delta'].flatMap((kind) =>
  ['total', 'edge', 'recompressed', 'made', 'bytes'].map((name) => `requests.${kind}.${name}`),
);
const USAGE_PATHS = [
  ...[...REQUEST_PATHS, 'edgeHitRate', 'clientHitRate'],
  ...['firstDeltas', 'deltaBytes', 'sliceBytes', 'bytes'].map((name) => `saved.${name}`),
  ...['reports', 'pages', 'stored', 'fetched', 'counted', 'dropped', 'limited'].map((name) => `observed.${name}`),
  ...['base', 'slice', 'delta'].map((name) => `hours[].${name}`),
  ...['id', 'build', 'slices', 'publishedAtMs', 'pages', 'bytesBefore', 'bytesAfter'].map((name) => `plans[].${name}`),
  ...['slices', 'deltas', 'waiting', 'bytesBefore', 'bytesAfter'].map((name) => `recompression.${name}`),
  ...['databaseBytes', 'waitingBatches', 'waitingBytes', 'snapshotBytes', 'hotDeltas', 'saltAgeMs'].map(
    (name) => `ledger.${name}`,
  ),
];
const PATHS = [
  ...['version', 'generatedAt'],
  ...[
    ...['face', 'build', 'family', 'weight', 'style', 'language', 'coverage', 'plan.id', 'plan.source', 'plan.slices'],
    ...USAGE_PATHS.map((path) => `usage.${path}`),
  ].map((path) => `faces[].${path}`),
];

async function readStats(): Promise<Record<string, unknown>> {
  return (await ask('/v1/stats')).json();
}

/** A face that has been asked for, reported and planned anew. */
beforeAll(async () => {
  await uploadPack(pack);
  const path = `/font/${meta.face}/${meta.build}/d/${formatSet(HAN)}.woff2`;
  await (await ask(path, { headers: headersOf({ site: 1, client: 1 }) })).arrayBuffer();
  const pages = Array.from({ length: 16 }, () => HAN.slice(-30) as CodepointSet);
  for (let client = 0; client < 40; client++)
    await (await sendReport(meta, { site: client % 8, client: 10 + client }, pages)).arrayBuffer();
  const stub = env.LEDGER.getByName(meta.face);
  await vi.waitFor(async () => expect((await stub.status()).tallies.deltaMade).toBe(1), { timeout: 10_000 });
  await worker.scheduled(createScheduledController(), env);
});

describe('the shape of /v1/stats', () => {
  it('is this, from a ledger that has seen everything', async () => {
    const stats = await readStats();
    expect([...pathsOf(stats)].sort()).toEqual([...PATHS].sort());
    const [{ usage, ...face }] = stats['faces'] as [Record<string, Record<string, Record<string, unknown>>>];
    expect(face).toMatchObject({ face: meta.face, build: meta.build, plan: { source: 'usage' } });
    expect(usage?.['hours']).toHaveLength(48);
    expect(usage?.['saved']).toMatchObject({ firstDeltas: 1, bytes: expect.any(Number) });
    expect(Date.parse(String(stats['generatedAt']))).toBeGreaterThan(0);
  });

  it('is as the README has it, member by member', () => {
    const [, block = ''] = /```ts\n(\{\n {2}version: 1,.*?)```/s.exec(readme) ?? [];
    const code = block.replace(/\/\/(.*)$/gm, (_, comment: string) => /\{[^}]*\}/.exec(comment)?.[0] ?? '');
    const words = code.replace(/'\w+'/g, '').match(/[a-zA-Z]+/g) ?? [];
    const types = ['string', 'null'];
    const named = new Set(words.filter((word) => !types.includes(word)));
    const members = new Set(PATHS.flatMap((path) => path.replaceAll('[]', '').split('.')));
    expect([...named].sort()).toEqual([...members].sort());
  });
});
