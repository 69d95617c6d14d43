import { env } from 'cloudflare:test';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { type CodepointSet, codepointSetOfText } from '../../font-service/codepoints/codepoint-set.ts';
import { formatSet } from '../../font-service/codepoints/set-encoding.ts';
import { readPack } from '../../font-service/pack/pack.ts';
import { MAX_REPORT_CHARACTERS } from '../../font-service/usage/usage-report.ts';
import { ask } from './support/ask.ts';
import { createTestApp } from './support/create-test-app.ts';
import { createMemoryStore } from './support/memory-store.ts';
import { providedPack } from './support/provided-pack.ts';
import { rewritePack } from './support/rewrite-pack.ts';
import { formatReport, headersOf, reportOf, sendReport } from './support/send-report.ts';
import { uploadPack } from './support/upload-pack.ts';

const pack = providedPack('smallPack');
const { meta, codepoints } = readPack(pack);
const PAGE = codepointSetOfText('一丁七') as CodepointSet;
const BODY = formatReport(meta, [PAGE]);
const ledgerOf = (face: string) => env.LEDGER.getByName(face);
const delta = (set: CodepointSet) => `/font/${meta.face}/${meta.build}/d/${formatSet(set)}.woff2`;

async function problemOf(response: Response): Promise<{ status: number; title: string; detail: string }> {
  expect(response.headers.get('Content-Type')).toBe('application/problem+json');
  expect(response.headers.get('Cache-Control')).toBe('no-store');
  return response.json();
}

beforeAll(() => uploadPack(pack));

describe('POST /v1/usage', () => {
  it('answers 202 when the report is in the ledger', async () => {
    const { tallies: before } = await ledgerOf(meta.face).status();
    const response = await sendReport(meta, { site: 1, client: 1 }, [PAGE, PAGE]);
    expect([response.status, await response.json()]).toEqual([202, { recorded: 2 }]);
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*');
    const { tallies } = await ledgerOf(meta.face).status();
    expect([(tallies.reports ?? 0) - (before.reports ?? 0), (tallies.pages ?? 0) - (before.pages ?? 0)]).toEqual([
      1, 2,
    ]);
  });

  it('takes JSON, after a preflight', async () => {
    const preflight = await ask('/v1/usage', { method: 'OPTIONS' });
    expect([preflight.status, preflight.headers.get('Access-Control-Allow-Headers')]).toEqual([204, 'Content-Type']);
    const response = await ask('/v1/usage', reportOf(BODY, { 'Content-Type': 'application/json' }));
    expect(response.status).toBe(202);
  });

  it('takes many at once, and loses none', async () => {
    const { tallies: before } = await ledgerOf(meta.face).status();
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, client) => sendReport(meta, { site: client % 7, client }, [PAGE])),
    );
    expect(answers.every(({ status }) => status === 202)).toBe(true);
    const { tallies } = await ledgerOf(meta.face).status();
    expect((tallies.reports ?? 0) - (before.reports ?? 0)).toBe(200);
  });

  it.each([
    [400, 'bad-usage-report', reportOf('')],
    [400, 'bad-usage-report', reportOf('{"version":2}')],
    [400, 'bad-usage-report', reportOf(BODY.replace('}', ',"url":"https://site.example/"}'))],
    [400, 'bad-codepoint-set', reportOf(BODY.replace(/"pages":\["[^"]*"/, '"pages":["A!"'))],
    [400, 'bad-identifier', reportOf(BODY.replace(meta.build, 'x'))],
    [404, 'not-found', reportOf(BODY.replace(meta.face, 'noto-sans-xx-400'))],
    [413, 'too-large', reportOf('x'.repeat(MAX_REPORT_CHARACTERS + 1))],
    [415, 'unsupported-type', reportOf(BODY, { 'Content-Type': 'application/x-www-form-urlencoded' })],
  ])('answers %i %s', async (status, title, init) => {
    const response = await ask('/v1/usage', { ...init, headers: { ...init.headers, 'CF-Connecting-IP': '10.9.9.9' } });
    expect(response.status).toBe(status);
    expect((await problemOf(response)).title).toBe(title);
  });

  it('makes no ledger for a face that is not served', async () => {
    await ask('/v1/usage', reportOf(BODY.replace(meta.face, 'noto-sans-yy-400')));
    expect((await ledgerOf('noto-sans-yy-400').status()).tallies).toEqual({});
  });

  it('refuses what one client sends beyond its share, and counts others', async () => {
    const client = { site: 3, client: 5000 };
    const answers = await Promise.all(Array.from({ length: 80 }, () => sendReport(meta, client, [PAGE])));
    const refused = answers.filter(({ status }) => status === 429);
    // What comes back with time is one every two seconds.
    expect(answers.filter(({ status }) => status === 202).length).toBe(80 - refused.length);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThanOrEqual(50);
    expect(refused[0]?.headers.get('Retry-After')).toBe('60');
    expect((await problemOf(refused[0] as Response)).title).toBe('too-many-reports');
    expect((await sendReport(meta, { site: 3, client: 5001 }, [PAGE])).status).toBe(202);
  });

  it.each([['Sec-GPC'], ['DNT']])('records nothing of a request with %s: 1', async (header) => {
    const { tallies: before } = await ledgerOf(meta.face).status();
    const response = await ask('/v1/usage', reportOf(BODY, { [header]: '1' }));
    expect(response.status).toBe(204);
    await response.arrayBuffer();
    expect((await ledgerOf(meta.face).status()).tallies).toEqual(before);
  });
});

describe('a ledger that does not answer', () => {
  const broken = () => Promise.reject(new Error('the ledger of 10.0.0.7 is gone'));

  it.each([
    ['is down', broken],
    ['is full', async () => 'full' as const],
    ['has too much to do', async () => 'busy' as const],
  ])('because it %s gives 503 to reports, with nothing of the reason', async (_, report) => {
    const observer = { font: () => undefined, admit: () => 'admitted' as const, report };
    const { ask: askApp } = createTestApp(createMemoryStore([pack]), { observer });
    const response = await askApp('/v1/usage', reportOf(BODY));
    expect([response.status, response.headers.get('Retry-After')]).toEqual([503, '60']);
    const problem = await problemOf(response);
    expect(problem.title).toBe('ledger-unavailable');
    expect(JSON.stringify(problem)).not.toContain('10.0.0.7');
  });

  it('takes nothing away from fonts and stylesheets', async () => {
    const { ask: askApp, failures } = createTestApp(createMemoryStore([pack]), {
      ledgers: { tick: broken, status: broken, picture: broken },
    });
    for (const path of [delta(PAGE), '/css2?family=Noto+Sans+JP', '/v1/stats', '/dashboard'])
      expect([path, (await askApp(path)).status]).toEqual([path, 200]);
    expect(new Set(failures.map(({ message }) => message))).toEqual(new Set(['the ledger of 10.0.0.7 is gone']));
  });
});

describe('a delta', () => {
  it('is observed whenever it is asked for, from the edge cache, too; but not where the request forbids it', async () => {
    // A face that no other test asks for.
    const other = await rewritePack(pack, { face: 'observed-face-400', family: 'Observed Face' });
    await uploadPack(other);
    const path = delta(
      codepoints.filter((codepoint) => codepoint >= 0x4e00 && codepoint < 0xa000) as CodepointSet,
    ).replace(meta.face, 'observed-face-400');
    const get = async (headers: Readonly<Record<string, string>>) => {
      const response = await ask(path, { headers });
      expect(response.status).toBe(200);
      return (await response.arrayBuffer()).byteLength;
    };
    const bytes = await get(headersOf({ site: 1, client: 1 }));
    await get(headersOf({ site: 1, client: 1 }));
    await get({ 'Sec-GPC': '1' });
    await get({ DNT: '1' });
    await vi.waitFor(
      async () => {
        const { tallies, ledger } = await ledgerOf('observed-face-400').status();
        expect(tallies).toEqual({ deltaMade: 1, deltaEdge: 1, deltaBytes: 2 * bytes });
        expect(ledger.waitingBatches).toBe(1);
      },
      { timeout: 10_000, interval: 200 },
    );
  });
});
