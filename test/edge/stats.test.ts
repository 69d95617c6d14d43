import { describe, expect, it } from 'vitest';
import { readPack } from '../../font-service/pack/pack.ts';
import type { LedgerDirectory, LedgerStatus } from '../../server/ledger-protocol.ts';
import { createTestApp } from './support/create-test-app.ts';
import { createMemoryStore } from './support/memory-store.ts';
import { providedPack } from './support/provided-pack.ts';
import { rewritePack } from './support/rewrite-pack.ts';

const pack = providedPack('smallPack');
const { meta } = readPack(pack);

const STATUS: LedgerStatus = {
  tallies: {
    ...{ deltaEdge: 60, deltaBest: 10, deltaMade: 30, deltaBytes: 400_000, baseEdge: 90, baseMade: 10, baseBytes: 900 },
    ...{ comparedFirst: 4, comparedDeltaBytes: 350_000, comparedSliceBytes: 950_000 },
    ...{ reports: 5, pages: 7, clientStored: 3, clientFetched: 1, dropped: 2, limited: 1 },
  },
  hours: Array.from({ length: 48 }, (_, hour) => (hour === 47 ? { deltaMade: 2, sliceEdge: 3 } : {})),
  plans: [
    { id: '1a2b3c4d', build: meta.build, slices: 9, publishedAtMs: 0, pages: 7, bytesBefore: 9000, bytesAfter: 8000 },
  ],
  counted: 6,
  recompressed: { slices: 9, deltas: 1, waiting: 0, bytesBefore: 1000, bytesAfter: 900 },
  ledger: {
    ...{ databaseBytes: 4096, waitingBatches: 1, waitingBytes: 100, snapshotBytes: 2000, hotDeltas: 1 },
    saltAgeMs: 86_400_000,
  },
};

const LEVELS = Uint8Array.from({ length: 80 }, (_, index) => index % 16);

function ledgersOf(changes: Partial<LedgerDirectory> = {}): LedgerDirectory {
  return {
    tick: async () => undefined,
    status: async () => STATUS,
    picture: async () => ({ build: meta.build, levels: LEVELS }),
    ...changes,
  };
}

describe('GET /v1/stats', () => {
  it('tells of each face what is asked, from where it is answered, what it saves, and how its ledger is', async () => {
    const { ask } = createTestApp(createMemoryStore([pack]), { ledgers: ledgersOf() });
    const response = await ask('/v1/stats');
    expect([response.status, response.headers.get('Cache-Control')]).toEqual([200, 'public, max-age=5']);
    const { version, generatedAt, faces } = (await response.json()) as Record<string, unknown>;
    expect([version, generatedAt]).toEqual([1, '1970-01-01T00:00:00.000Z']);
    const { face, build, family, weight, style, language, coverage, plan } = meta;
    expect(faces).toEqual([
      {
        ...{ face, build, family, weight, style, language, coverage },
        plan: { id: plan.id, source: 'priors', slices: plan.slices.length },
        usage: {
          requests: {
            base: { total: 100, edge: 90, recompressed: 0, made: 10, bytes: 900 },
            slice: { total: 0, edge: 0, recompressed: 0, made: 0, bytes: 0 },
            delta: { total: 100, edge: 60, recompressed: 10, made: 30, bytes: 400_000 },
          },
          edgeHitRate: 0.75,
          clientHitRate: 0.75,
          saved: { firstDeltas: 4, deltaBytes: 350_000, sliceBytes: 950_000, bytes: 600_000 },
          observed: { reports: 5, pages: 7, stored: 3, fetched: 1, counted: 6, dropped: 2, limited: 1 },
          hours: expect.arrayContaining([{ base: 0, slice: 3, delta: 2 }]),
          plans: STATUS.plans,
          recompression: STATUS.recompressed,
          ledger: STATUS.ledger,
        },
      },
    ]);
  });

  it('knows no rates before the first request', async () => {
    const status = async () => ({ ...STATUS, tallies: {} });
    const { ask } = createTestApp(createMemoryStore([pack]), { ledgers: ledgersOf({ status }) });
    const { faces } = (await (await ask('/v1/stats')).json()) as { faces: { usage: Record<string, unknown> }[] };
    expect(faces[0]?.usage).toMatchObject({
      ...{ edgeHitRate: null, clientHitRate: null },
      saved: { firstDeltas: 0, bytes: null },
    });
  });

  it('says nothing of savings while deltas were sent, but no first one of a page was read', async () => {
    const tallies = { deltaMade: 9, deltaBytes: 116_000, comparedDeltaBytes: 20_000 };
    const { ask } = createTestApp(createMemoryStore([pack]), {
      ledgers: ledgersOf({ status: async () => ({ ...STATUS, tallies }) }),
    });
    const { faces } = (await (await ask('/v1/stats')).json()) as { faces: { usage: Record<string, unknown> }[] };
    expect(faces[0]?.usage).toMatchObject({
      saved: { firstDeltas: 0, deltaBytes: 20_000, sliceBytes: 0, bytes: null },
    });
    const page = await (await ask('/dashboard')).text();
    expect(page).toContain('<dd>not known yet</dd>');
    expect(page).not.toContain('116 kB</dd></div>');
  });

  it('shows a loss as one', async () => {
    const tallies = { comparedFirst: 1, comparedDeltaBytes: 90_000, comparedSliceBytes: 60_000 };
    const { ask } = createTestApp(createMemoryStore([pack]), {
      ledgers: ledgersOf({ status: async () => ({ ...STATUS, tallies }) }),
    });
    expect(await (await ask('/dashboard')).text()).toContain('<dd>−30 kB</dd>');
  });

  it('asks each ledger once for many requests, and again when the figures are old', async () => {
    let asked = 0;
    let nowMs = 0;
    const status = async () => {
      asked += 1;
      return STATUS;
    };
    const { ask } = createTestApp(createMemoryStore([pack]), { ledgers: ledgersOf({ status }), nowMs: () => nowMs });
    await Promise.all(Array.from({ length: 10 }, async () => (await ask('/v1/stats')).text()));
    expect(asked).toBe(1);
    nowMs = 5000;
    await (await ask('/v1/stats')).text();
    expect(asked).toBe(2);
  });

  it('tells that a ledger does not answer, and nothing of why', async () => {
    const status = () => Promise.reject(new Error('10.0.0.7 is gone'));
    const { ask, failures } = createTestApp(createMemoryStore([pack]), { ledgers: ledgersOf({ status }) });
    const text = await (await ask('/v1/stats')).text();
    expect(JSON.parse(text).faces[0]).toMatchObject({ face: meta.face, usage: null });
    expect(text).not.toContain('10.0.0.7');
    expect(failures.length).toBe(1);
  });
});

describe('GET /dashboard', () => {
  it('shows it in one page without scripts, whose policy lets nothing in but its own style', async () => {
    const { ask } = createTestApp(createMemoryStore([pack]), { ledgers: ledgersOf() });
    const response = await ask('/dashboard');
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    const page = await response.text();
    const [, style = ''] = /<style>(.*?)<\/style>/s.exec(page) ?? [];
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style)));
    const hash = btoa(String.fromCharCode(...digest));
    expect(response.headers.get('Content-Security-Policy')).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(page).not.toMatch(/<script|<link|<img|\bstyle=|\bon\w+=|https?:/);
    for (const text of [
      'Noto Sans JP 400',
      '600 kB',
      '1a2b3c4d',
      'first view 9 kB → 8 kB',
      '−10 %',
      '1 day',
      '1 face ·',
    ])
      expect(page).toContain(text);
  });

  it('draws a picture of each kind of codepoints', async () => {
    const { ask } = createTestApp(createMemoryStore([pack]), { ledgers: ledgersOf() });
    const page = await (await ask('/dashboard')).text();
    const pictures = [...page.matchAll(/mask-image:url\(data:image\/png;base64,([\w+/=]+)\)/g)].map(([, base64 = '']) =>
      Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)),
    );
    // Han, and the letters and signs beyond base 0: cells and use of each.
    expect(pictures.length).toBeGreaterThanOrEqual(2);
    for (const png of pictures) expect([...png.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
    expect(page).toMatch(/Han: \d+ of \d+ codepoints in use/);
  });

  it('says where nothing was seen yet, where the picture is of another build, and where the ledger does not answer', async () => {
    const cases = [
      [{ picture: async () => undefined }, 'No page view of this face has been read yet'],
      [
        { picture: async () => ({ build: 'ffffffffff', levels: LEVELS }) },
        'No page view of this face has been read yet',
      ],
      [{ picture: () => Promise.reject(new Error('gone')) }, 'No page view of this face has been read yet'],
      [{ status: () => Promise.reject(new Error('gone')) }, 'does not answer'],
    ] as const;
    for (const [changes, text] of cases) {
      const { ask } = createTestApp(createMemoryStore([pack]), { ledgers: ledgersOf(changes) });
      expect(await (await ask('/dashboard')).text()).toContain(text);
    }
  });

  it('shows one face where it is asked for it', async () => {
    const other = await rewritePack(pack, { face: 'other-face-400', family: 'Other Face' });
    const { ask } = createTestApp(createMemoryStore([pack, other]), { ledgers: ledgersOf() });
    const page = await (await ask('/dashboard?face=other-face-400')).text();
    expect([page.includes('Other Face'), page.includes('id="noto-sans-jp-400"')]).toEqual([true, false]);
    const missing = await ask('/dashboard?face=<b>');
    expect(page).toContain('<a href="/dashboard?face=noto-sans-jp-400">Noto Sans JP 400</a>');
    expect([missing.status, (await missing.text()).includes('text/html')]).toEqual([404, false]);
  });
});

describe('POST /v1/admin/tick', () => {
  const headers = { Authorization: 'Bearer token-of-the-tests' };

  it('has every ledger do what is due, for those who bear the token', async () => {
    const ticked: string[] = [];
    const tick = async (face: string) => void ticked.push(face);
    const { ask } = createTestApp(createMemoryStore([pack]), { ledgers: ledgersOf({ tick }) });
    expect((await ask('/v1/admin/tick', { method: 'POST' })).status).toBe(401);
    expect(ticked).toEqual([]);
    const response = await ask('/v1/admin/tick', { method: 'POST', headers });
    expect(await response.json()).toEqual({ faces: [{ face: meta.face, done: true }] });
    expect(ticked).toEqual([meta.face]);
  });

  it('tells of ledgers that failed', async () => {
    const tick = () => Promise.reject(new Error('gone'));
    const { ask, failures } = createTestApp(createMemoryStore([pack]), { ledgers: ledgersOf({ tick }) });
    const response = await ask('/v1/admin/tick', { method: 'POST', headers });
    expect(await response.json()).toEqual({ faces: [{ face: meta.face, done: false }] });
    expect(failures.length).toBe(1);
  });
});
