import { createScheduledController, env, runInDurableObject } from 'cloudflare:test';
import { describe, expect, it, vi } from 'vitest';
import { type CodepointSet, codepointSetOf } from '../../font-service/codepoints/codepoint-set.ts';
import { formatSet } from '../../font-service/codepoints/set-encoding.ts';
import { readPack } from '../../font-service/pack/pack.ts';
import worker from '../../server/worker.ts';
import { ask } from './support/ask.ts';
import { providedPack } from './support/provided-pack.ts';
import { formatReport, reportOf } from './support/send-report.ts';
import { uploadPack } from './support/upload-pack.ts';

const pack = providedPack('smallPack');
const { meta, codepoints } = readPack(pack);
const HAN = codepoints.filter((codepoint) => codepoint >= 0x4e00 && codepoint < 0xa000) as CodepointSet;

/** What requests bear that could tell who asks, or where; each with a word that is nowhere else. */
const MARKED_HEADERS = {
  Origin: 'https://originmarker.example',
  Referer: 'https://referermarker.example/pathmarker?querymarker',
  Cookie: 'session=cookiemarker',
  'User-Agent': 'Mozilla/5.0 useragentmarker',
  'CF-Connecting-IP': '203.0.113.77',
  'X-Forwarded-For': '198.51.100.88',
  'X-Real-IP': '192.0.2.99',
  'Accept-Language': 'xx-languagemarker',
  Authorization: 'Bearer authorizationmarker',
  'CF-Ray': 'raymarker',
};
const MARKERS = [
  ...['originmarker', 'referermarker', 'pathmarker', 'querymarker', 'cookiemarker', 'useragentmarker', 'urlmarker'],
  ...['203.0.113', '198.51.100', '192.0.2', 'languagemarker', 'authorizationmarker', 'raymarker'],
];
/** The addresses as bytes and numbers, and the hashes that anybody could make of them and of the origin. */
const ADDRESSES = ['203.0.113.77', '198.51.100.88', '192.0.2.99'];

/** So much of a hash is not in what is stored by chance. */
const HASH_BYTES = 6;
const hexOf = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const base64Of = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));

async function traces(): Promise<readonly Uint8Array[]> {
  const encoder = new TextEncoder();
  const texts = [...MARKERS, ...MARKERS.map((marker) => marker.toUpperCase())].flatMap((marker) => [
    encoder.encode(marker),
    Uint8Array.from(Array.from(marker).flatMap((character) => [character.charCodeAt(0), 0])),
    encoder.encode(btoa(marker).replace(/=+$/, '').slice(0, -1)),
  ]);
  const addresses = ADDRESSES.map((address) => Uint8Array.from(address.split('.').map(Number))).flatMap((bytes) => [
    ...[bytes, bytes.toReversed()],
    encoder.encode(String(new DataView(bytes.buffer).getUint32(0))),
  ]);
  const digests = await Promise.all(
    [...ADDRESSES, MARKED_HEADERS.Origin, 'originmarker.example', MARKED_HEADERS['User-Agent']].flatMap((text) =>
      ['SHA-1', 'SHA-256', 'MD5'].map(async (algorithm) => {
        const digest = await crypto.subtle.digest(algorithm, encoder.encode(text));
        return new Uint8Array(digest).subarray(0, HASH_BYTES);
      }),
    ),
  );
  const hashed = digests.flatMap((bytes) => [
    bytes,
    ...[hexOf(bytes), base64Of(bytes)].map((text) => encoder.encode(text)),
  ]);
  return [...texts, ...addresses, ...hashed];
}

/** Every value of every row of every table, and all that its key-value side has. */
function readLedger(face: string): Promise<readonly Uint8Array[]> {
  return runInDurableObject(env.LEDGER.getByName(face), async (_, { storage }) => {
    const encoder = new TextEncoder();
    const tables = [
      ...storage.sql.exec<{ name: string }>(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
      ),
    ];
    const values = tables.flatMap(({ name }) =>
      [...storage.sql.exec(`SELECT * FROM "${name}"`).raw()]
        .flat()
        .map((value) => (value instanceof ArrayBuffer ? new Uint8Array(value) : encoder.encode(String(value)))),
    );
    const pairs = [...(await storage.list())].map((pair) => encoder.encode(JSON.stringify(pair)));
    expect(tables.length).toBeGreaterThan(6);
    return [...values, ...pairs];
  });
}

/** Every key, metadata and object of the bucket. */
async function readBucket(): Promise<readonly Uint8Array[]> {
  const encoder = new TextEncoder();
  const { objects, truncated } = await env.FONTS.list({ include: ['customMetadata', 'httpMetadata'] });
  expect(truncated).toBe(false);
  const described = objects.map((object) => encoder.encode(JSON.stringify(object)));
  const bodies = objects.map(
    async ({ key }) => new Uint8Array((await (await env.FONTS.get(key))?.arrayBuffer()) ?? []),
  );
  return [...described, ...(await Promise.all(bodies))];
}

function indexOfBytes(haystack: Uint8Array, needle: Uint8Array): number {
  for (let at = haystack.indexOf(needle[0] ?? 0); at >= 0; at = haystack.indexOf(needle[0] ?? 0, at + 1)) {
    if (needle.every((byte, index) => haystack[at + index] === byte)) return at;
  }
  return -1;
}

async function findTraces(): Promise<readonly string[]> {
  const stored = [...(await readLedger(meta.face)), ...(await readBucket())];
  expect(stored.reduce((sum, { length }) => sum + length, 0)).toBeGreaterThan(10_000);
  return (await traces()).flatMap((trace) =>
    stored.some((bytes) => indexOfBytes(bytes, trace) >= 0) ? [`${new TextDecoder().decode(trace)} (${trace})`] : [],
  );
}

describe('what is stored', () => {
  it('has nothing in it of who asked, or where: neither appended, nor folded, nor planned', async () => {
    await uploadPack(pack);
    for (let times = 0; times < 12; times++) {
      const path = `/font/${meta.face}/${meta.build}/d/${formatSet(HAN)}.woff2?urlmarker`;
      await (await ask(path, { headers: MARKED_HEADERS })).arrayBuffer();
      const report = reportOf(formatReport(meta, [codepointSetOf(HAN.slice(-20))]), MARKED_HEADERS);
      expect((await ask('/v1/usage?urlmarker', report)).status).toBe(202);
    }
    const stub = env.LEDGER.getByName(meta.face);
    await vi.waitFor(async () => expect((await stub.status()).tallies.deltaEdge).toBe(11), { timeout: 10_000 });
    expect((await stub.status()).ledger.waitingBatches).toBeGreaterThan(0);
    expect(await findTraces()).toEqual([]);
    await worker.scheduled(createScheduledController(), env);
    await vi.waitFor(async () => expect((await stub.status()).recompressed).toMatchObject({ deltas: 1, waiting: 0 }), {
      timeout: 10_000,
    });
    const { ledger, counted } = await stub.status();
    expect([ledger.waitingBatches, counted > 0]).toEqual([0, true]);
    expect(await findTraces()).toEqual([]);
  });

  it('would show a marker if it had one', async () => {
    await env.FONTS.put('planted', 'x useragentmarker x');
    expect((await findTraces()).length).toBe(1);
    await env.FONTS.delete('planted');
  });
});
