import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../../server/cli/project-root.ts';

const BUDGET_BYTES = 100_000;

let folder: string;
let files: readonly string[];
let code: Buffer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'typecase-bundle-'));
  // Wrangler asks for the folder of the static files; what is in it does not matter here.
  await mkdir(`${projectRoot}/dist/assets`, { recursive: true });
  const wrangler = join(projectRoot, 'node_modules/wrangler/bin/wrangler.js');
  await promisify(execFile)(process.execPath, [wrangler, 'deploy', '--dry-run', '--outdir', folder], {
    cwd: projectRoot,
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: '1' },
  });
  files = await readdir(folder, { recursive: true });
  code = await readFile(join(folder, 'worker.js'));
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the worker that wrangler deploys', () => {
  it('is at most 100 kB compressed', () => {
    const gzipBytes = gzipSync(code).length;
    process.stdout.write(`worker.js  ${gzipBytes} B gzip of ${BUDGET_BYTES}, ${code.length} B plain\n`);
    expect(gzipBytes).toBeLessThanOrEqual(BUDGET_BYTES);
  });

  it('is one module without WebAssembly', () => {
    expect(files.filter((name) => !/^(?:README\.md|worker\.js(?:\.map)?)$/.test(name))).toEqual([]);
    expect(code.includes('WebAssembly')).toBe(false);
  });

  it('has nothing of ingest in it', () => {
    for (const trace of ['fontkit', 'subset-font', 'harfbuzz', 'fontverter']) expect(code.includes(trace)).toBe(false);
  });
});
