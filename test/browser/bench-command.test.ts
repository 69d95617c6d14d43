import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codepointSetOfText } from '../../font-service/codepoints/codepoint-set.ts';
import { projectRoot } from '../../server/cli/project-root.ts';
import { writeTraces } from '../../server/cli/traces/write-traces.ts';
import { type BenchResults, DELIVERIES } from '../bench/replay/bench-results.ts';
import { SCENARIOS } from '../bench/replay/plan-jobs.ts';

const run = promisify(execFile);
const TEXTS = ['가나다라 abc', '마바사아 가나', '자차카타 1234', '파하 일이삼사 한국', '서울 부산 abc', '漢字 한자'];
const TIMEOUT_MS = 240_000;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'typecase-bench-'));
  const pages = ['one.example', 'two.example'].flatMap((site, number) =>
    TEXTS.slice(number * 3, number * 3 + 3).map((text, page) => ({
      site,
      page,
      codepoints: [...codepointSetOfText(text)],
    })),
  );
  writeTraces(join(folder, 'ko.jsonl.gz'), pages);
});
afterAll(() => rm(folder, { recursive: true }));

function bench(...args: readonly string[]) {
  const command = ['--import', 'tsx', 'test/bench/bench.ts', '--traces', folder, ...args];
  return run(process.execPath, command, { cwd: projectRoot });
}

async function readResults(name: string): Promise<BenchResults> {
  return JSON.parse(await readFile(join(folder, name), 'utf8')) as BenchResults;
}

describe('npm run bench', () => {
  it(
    'replays every scenario by every delivery on traces of others; the same seed gives the same numbers',
    async () => {
      const options = ['--lang', 'ko', '--sessions', '1', '--seed', '5'];
      const outputs = [...['--json', join(folder, 'first.json')], ...['--report', join(folder, 'report.html')]];
      const { stdout } = await bench(...options, ...outputs);
      await bench(...options, '--json', join(folder, 'second.json'));
      const { environment: _, ...first } = await readResults('first.json');
      const { environment: __, ...second } = await readResults('second.json');
      expect(second).toEqual(first);
      expect(first).toMatchObject({ version: 1, seed: 5, sessions: 1, traces: [{ lang: 'ko', sites: 2, pages: 6 }] });
      const wanted = SCENARIOS.flatMap(({ sites, pagesPerSite }) =>
        DELIVERIES.map((delivery) => `ko ${sites}x${pagesPerSite} ${delivery}`),
      );
      const rows = first.results.map(
        ({ lang, sites, pagesPerSite, delivery }) => `${lang} ${sites}x${pagesPerSite} ${delivery}`,
      );
      expect(new Set(rows)).toEqual(new Set(wanted));
      for (const { bytes, requests, storedBytes } of first.results) {
        expect(bytes.total).toBeCloseTo(bytes.font + bytes.css + bytes.script + bytes.headers, 1);
        expect(Math.min(bytes.font, requests, storedBytes)).toBeGreaterThan(0);
      }
      expect(stdout).toContain('typecase-hub');
      expect(await readFile(join(folder, 'report.html'), 'utf8')).toMatch(/^<!doctype html>/);
    },
    TIMEOUT_MS,
  );

  it('says which file is missing, and where one is wrong', async () => {
    await expect(bench('--lang', 'ja')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('ja.jsonl.gz'),
    });
    await writeFile(join(folder, 'zh-Hans.jsonl'), '{"site":"a","page":0,"cps":[0]}\n{"site":');
    const refused = bench('--lang', 'zh-Hans');
    await expect(refused).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(/zh-Hans\.jsonl, line 2: /) });
  });
});
