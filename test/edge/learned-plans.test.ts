import { createScheduledController, env } from 'cloudflare:test';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { type CodepointSet, codepointSetOf } from '../../font-service/codepoints/codepoint-set.ts';
import { formatSet } from '../../font-service/codepoints/set-encoding.ts';
import { parseUnicodeRange } from '../../font-service/codepoints/unicode-range.ts';
import { readPack } from '../../font-service/pack/pack.ts';
import { parseDeltaPlan } from '../../font-service/plan/delta-plan.ts';
import worker from '../../server/worker.ts';
import { ask } from './support/ask.ts';
import { createTestApp } from './support/create-test-app.ts';
import { createMemoryCache } from './support/memory-cache.ts';
import { createMemoryPlanStore } from './support/memory-plan-store.ts';
import { createMemoryStore } from './support/memory-store.ts';
import { providedPack } from './support/provided-pack.ts';
import { readPlans, readStylesheet, winningsOf } from './support/read-stylesheet.ts';
import { codepointsOfWoff2, readWoff2Tables } from './support/read-woff2.ts';
import { rewritePack } from './support/rewrite-pack.ts';
import { sendReport } from './support/send-report.ts';
import { uploadPack } from './support/upload-pack.ts';

const original = providedPack('smallPack');
const { codepoints, meta } = readPack(original);
const HAN = codepoints.filter((codepoint) => codepoint >= 0x4e00 && codepoint < 0xa000) as CodepointSet;
/** What the priors take for rare, and the sites of these tests show on every page. */
const UNEXPECTED = HAN.slice(-30) as CodepointSet;

type PlanAnswer = {
  readonly plan: string;
  readonly source: string;
  readonly deltas: string;
  readonly slices: readonly { readonly unicodeRange: string; readonly codepoints: number }[];
};

/** A face of its own for each test: plans stay. */
async function uploadFace(name: string) {
  const pack = await rewritePack(original, { face: `${name}-400`, family: name });
  await uploadPack(pack);
  return readPack(pack).meta;
}

type Face = Awaited<ReturnType<typeof uploadFace>>;

async function showPages(face: Face, sites: number, clients: number, page: CodepointSet): Promise<void> {
  const pages = Array.from({ length: 10 }, () => page);
  for (let site = 0; site < sites; site++)
    for (let client = 0; client < clients; client++)
      expect((await sendReport(face, { site, client: site * 100 + client }, pages)).status).toBe(202);
}

const tick = () => worker.scheduled(createScheduledController(), env);
const planOf = async (face: Face): Promise<PlanAnswer> => (await ask(`/v1/faces/${face.face}/plan`)).json();
const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());

/** What another isolate would answer, which has not looked yet which plans are current. */
async function sheetOf(face: Face, query = ''): Promise<string> {
  return (await ask(`/css2?family=${face.family}${query}&unseen=${Math.random()}`)).text();
}

describe('a plan that usage has made', () => {
  let face: Face;
  let plan: PlanAnswer;

  beforeAll(async () => {
    face = await uploadFace('learning');
    await showPages(face, 12, 4, UNEXPECTED);
    await tick();
    plan = await planOf(face);
  });

  it('is current for the plan’s description, and for both stylesheets', async () => {
    expect(plan.source).toBe('usage');
    expect(plan.plan).not.toBe(meta.plan.id);
    const rules = readStylesheet(await sheetOf(face));
    expect(rules.filter(({ url }) => url.includes(`/s/${plan.plan}/`)).length).toBe(plan.slices.length);
    expect(readPlans(await sheetOf(face, '&delivery=delta'))).toEqual([{ selector: face.face, text: plan.deltas }]);
  });

  it('asks singly for what enough sites show', () => {
    const [singles = codepointSetOf([])] = parseDeltaPlan(plan.deltas).tiers;
    expect([...UNEXPECTED].every((codepoint) => singles.includes(codepoint))).toBe(true);
  });

  it('has slices that hold exactly what its ranges say, and between them all that no base holds', async () => {
    const winnings = winningsOf(readStylesheet(await sheetOf(face)));
    const held: number[] = [];
    for (const [url, wanted] of winnings) {
      if (!url.includes('/s/')) continue;
      const response = await ask(new URL(url).pathname);
      expect(response.status).toBe(200);
      expect(codepointsOfWoff2(await bytesOf(response))).toEqual(wanted);
      held.push(...wanted);
    }
    expect(held.sort((a, b) => a - b)).toEqual([...HAN]);
  });

  it('leaves the slices of the plan before where they are', async () => {
    for (const [number] of meta.plan.slices.entries()) {
      const response = await ask(`/font/${face.face}/${face.build}/s/${meta.plan.id}/${number}.woff2`);
      expect(response.status).toBe(200);
      await response.arrayBuffer();
    }
  });

  it('has no slice beyond its last', async () => {
    const path = `/font/${face.face}/${face.build}/s/${plan.plan}/${plan.slices.length}.woff2`;
    expect((await ask(path)).status).toBe(404);
  });

  it('is recompressed in the background: under the same URL, the same font, with another ETag', async () => {
    const slice = `/font/${face.face}/${face.build}/s/${plan.plan}/0.woff2`;
    const first = await ask(slice);
    const before = await bytesOf(first);
    const ledger = env.LEDGER.getByName(face.face);
    const isDone = async () =>
      expect((await ledger.status()).recompressed).toMatchObject({ slices: plan.slices.length, waiting: 0 });
    await vi.waitFor(isDone, { timeout: 10_000 });
    const { recompressed } = await ledger.status();
    expect(recompressed.bytesAfter).toBeLessThan(recompressed.bytesBefore);
    const object = await env.FONTS.get(`best/${face.face}/${face.build}/s/${plan.plan}/0.woff2`);
    const after = new Uint8Array((await object?.arrayBuffer()) ?? new ArrayBuffer(0));
    expect(after).not.toEqual(before);
    const tables = (file: Uint8Array<ArrayBuffer>) =>
      [...readWoff2Tables(file)].map(([tag, view]) => [
        tag,
        new Uint8Array(view.buffer, view.byteOffset, view.byteLength),
      ]);
    expect(tables(after)).toEqual(tables(before));
  });

  it('stays when nothing new has been seen, and when a face is uploaded again as it was', async () => {
    await tick();
    expect((await planOf(face)).plan).toBe(plan.plan);
    await uploadFace('learning');
    expect((await planOf(face)).plan).toBe(plan.plan);
  });
});

describe('usage of a few', () => {
  it('makes no plan that differs, where only two sites have shown it', async () => {
    const face = await uploadFace('whispering');
    const before = await planOf(face);
    await showPages(face, 2, 10, UNEXPECTED);
    await tick();
    const singles = parseDeltaPlan((await planOf(face)).deltas).tiers[0] ?? codepointSetOf([]);
    expect([...singles]).toEqual([...(parseDeltaPlan(before.deltas).tiers[0] ?? [])]);
    const ranges = ({ slices }: PlanAnswer) => slices.map(({ unicodeRange }) => [...parseUnicodeRange(unicodeRange)]);
    expect(ranges(await planOf(face))).toEqual(ranges(before));
  });
});

describe('a font that has been recompressed', () => {
  const path = `/font/${meta.face}/${meta.build}/d/${formatSet(UNEXPECTED)}.woff2`;
  const name = `d/${formatSet(UNEXPECTED)}`;
  const BEST = Uint8Array.of(0x77, 0x4f, 0x46, 0x32, 1);

  function createApp(known: readonly string[], isLost = false) {
    const calls: string[] = [];
    const edgeCache = createMemoryCache();
    const app = createTestApp(createMemoryStore([original]), {
      edgeCache,
      bestFiles: {
        has: (_, __, asked) => known.includes(asked),
        refresh: (face) => void calls.push(`refresh ${face}`),
      },
      bestFileStore: {
        read: async (file) => {
          calls.push(`read ${file.name}`);
          return isLost ? undefined : BEST;
        },
      },
    });
    const get = async () => {
      const response = await app.ask(path);
      const timing = response.headers.get('Server-Timing')?.split(',')[0];
      return { timing, etag: response.headers.get('ETag'), length: (await bytesOf(response)).length };
    };
    return { get, calls, edgeCache };
  }

  it('is answered in place of an assembly, and put into the edge cache', async () => {
    const { get, calls } = createApp([name]);
    const first = await get();
    expect(first).toMatchObject({ timing: 'edge;desc=recompressed', length: BEST.length });
    expect(await get()).toEqual({ ...first, timing: 'edge;desc=stored' });
    expect(calls).toEqual([`read ${name}`]);
  });

  it('replaces what the edge cache has of it', async () => {
    const known: string[] = [];
    const { get, calls } = createApp(known);
    const quick = await get();
    expect(quick.timing).toBe('edge;desc=made');
    known.push(name);
    expect(await get()).toEqual({ ...quick, timing: 'edge;desc=stored' });
    const best = await get();
    expect(best).toMatchObject({ timing: 'edge;desc=stored', length: BEST.length });
    expect(best.etag).not.toBe(quick.etag);
    expect(calls.filter((call) => call.startsWith('read'))).toEqual([`read ${name}`]);
  });

  it('is assembled where the store has lost it', async () => {
    const { get } = createApp([name], true);
    expect((await get()).timing).toBe('edge;desc=made');
  });

  it('costs no question where it never was, but to learn of it later', async () => {
    const { get, calls } = createApp([]);
    await get();
    await get();
    expect(calls).toEqual([`refresh ${meta.face}`, `refresh ${meta.face}`]);
  });
});

describe('a font that many ask for at once', () => {
  it('is assembled once', async () => {
    let compressed = 0;
    const { ask: askApp, calls } = countedApp(() => {
      compressed += 1;
    });
    const path = `/font/${meta.face}/${meta.build}/d/${formatSet(UNEXPECTED)}.woff2`;
    const answers = await Promise.all(Array.from({ length: 20 }, async () => bytesOf(await askApp(path))));
    expect(new Set(answers.map(String)).size).toBe(1);
    expect(compressed).toBe(1);
    expect(calls.filter((call) => call.startsWith('put')).length).toBeGreaterThan(0);
  });
});

function countedApp(onCompress: () => void) {
  const edgeCache = createMemoryCache();
  const app = createTestApp(createMemoryStore([original]), { edgeCache, onCompress });
  return { ask: app.ask, calls: edgeCache.calls };
}

describe('a store that does not tell which plan is current', () => {
  it('leaves the pack’s own in force, and says so in the log', async () => {
    const plans = { ...createMemoryPlanStore(), pointers: () => Promise.reject(new Error('no pointers')) };
    const { ask: askApp, failures } = createTestApp(createMemoryStore([original]), { plans });
    const answer = (await (await askApp(`/v1/faces/${meta.face}/plan`)).json()) as PlanAnswer;
    expect([answer.plan, answer.source]).toEqual([meta.plan.id, 'priors']);
    expect(failures.map(({ message }) => message)).toEqual(['no pointers']);
  });
});
