import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { projectRoot } from '../../server/cli/project-root.ts';
import { makeSmallFont } from '../support/small-font.ts';

type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

const origin = `http://fonts.localhost:${inject('servicePort')}`;
let folder: string;
let font: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'typecase-'));
  font = join(folder, 'small.ttf');
  await writeFile(font, await makeSmallFont());
  await writeFile(join(folder, 'broken.ttf'), new Uint8Array(100));
});
afterAll(() => rm(folder, { recursive: true }));

function runIngest(...options: readonly string[]): Promise<Ended> {
  const command = ['--import', 'tsx', 'server/cli/ingest.ts', ...options];
  const env = { ...process.env, TYPECASE_TOKEN: inject('adminToken') };
  return new Promise((resolve) => {
    execFile(process.execPath, command, { cwd: projectRoot, env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

describe('npm run ingest', () => {
  it('uploads a face under the name that it is given, and knows it the next time', async () => {
    const options = [font, '--family', 'Small Case', '--lang', 'ja', '--url', origin];
    const first = await runIngest(...options);
    expect([first.code, first.stdout]).toEqual([0, '1 faces ingested, 0 were there already, 0 files refused.\n']);
    expect(first.stderr).toMatch(/^small-case-400 {2}ingesting …\nsmall-case-400 {2}✓ build [0-9a-f]{10}, /);
    const second = await runIngest(...options);
    expect([second.code, second.stdout]).toEqual([0, '0 faces ingested, 1 were there already, 0 files refused.\n']);
  });

  it('refuses a weight that a static font does not have, though its build is known', async () => {
    const options = [font, '--family', 'Small Case', '--lang', 'ja', '--url', origin];
    expect((await runIngest(...options)).code).toBe(0);
    const { code, stderr } = await runIngest(...options, '--weights', '700');
    expect(code).toBe(1);
    expect(stderr).toContain('it is static, of weight 400; leave --weights out or name that one');
  });

  it('ends with 1 and the reason where a file is refused, and does the others', async () => {
    const { code, stdout, stderr } = await runIngest(
      join(folder, 'broken.ttf'),
      font,
      '--family',
      'Other Case',
      '--url',
      origin,
    );
    expect([code, stdout]).toEqual([1, '1 faces ingested, 0 were there already, 1 files refused.\n']);
    expect(stderr).toContain(
      'broken.ttf  ✗ The file cannot be read as a font: it begins like no TTF, OTF or WOFF2 font.',
    );
  });

  it('says what the service says of a wrong token', async () => {
    const { code, stderr } = await runIngest(font, '--family', 'Third Case', '--url', origin, '--token', 'wrong');
    expect(code).toBe(1);
    expect(stderr).toContain('401: This is not the token');
  });

  it.each([
    [[], 'Name at least one font file.'],
    [['a.ttf', '--weights', '400,bold'], '--weights 400,bold should be whole numbers from 1 to 999'],
    [['a.ttf', '--lang', 'de'], '--lang de should be one of ja, ko, zh-Hans, zh-Hant.'],
    [['a.ttf', '--colour', 'red'], "Unknown option '--colour'"],
    [['a.ttf', '--url', 'http://127.0.0.1:9'], 'cannot be reached'],
  ])('ends with 2 and its usage: %j', async (options, message) => {
    const { code, stderr } = await runIngest(...options);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toContain('npm run ingest -- FONT...');
  });
});
