import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../../../server/cli/project-root.ts';
import { readTraces } from '../../../../server/cli/traces/read-traces.ts';

const folder = mkdtempSync(join(tmpdir(), 'traces-command-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: readonly string[]) {
  const command = ['--import', 'tsx', 'server/cli/traces.ts', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: projectRoot, encoding: 'utf8' });
  return { status, stdout, stderr };
}

function makeSite(name: string, files: Readonly<Record<string, string>>): string {
  const site = join(folder, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(site, path, '..'), { recursive: true });
    writeFileSync(join(site, path), text);
  }
  return site;
}

const japanese = (mark: string) => `${'いろは'.repeat(60)}${mark}`;

describe('npm run traces', () => {
  it('turns folders into traces that the benchmark reads, and says what it dropped', () => {
    const first = makeSite('first', { 'b.html': `<p>${japanese('b')}`, 'a/a.md': japanese('a'), 'short.txt': 'い' });
    const second = makeSite('second', {
      'a.txt': japanese(''),
      '.hidden/a.txt': japanese('h'),
      'a.png': japanese('p'),
    });
    const out = join(folder, 'out');
    const { status, stdout } = run('--dir', first, '--dir', second, '--out', out);
    expect(status).toBe(0);
    expect(stdout).toContain('sites: 2, pages: 3');
    expect(stdout).toContain('1 dropped: fewer than 150 characters');
    expect(readTraces(out, 'ja').map(({ site, page }) => [site, page])).toEqual([
      ['first', 0],
      ['first', 1],
      ['second', 0],
    ]);
    expect(readdirSync(out)).toEqual(['ja.jsonl.gz']);
  });

  it('writes nothing where no page is left, and says why', () => {
    const out = join(folder, 'nothing');
    const { status, stderr } = run('--dir', makeSite('short', { 'a.txt': 'い' }), '--out', out);
    expect(status).toBe(2);
    expect(stderr).toMatch(/No page is left; nothing was written\.\n {2}1 dropped: fewer than 150 characters/);
    expect(() => readdirSync(out)).toThrow();
  });

  it('asks for a folder where one file would have to hold two languages', () => {
    const site = makeSite('two', { 'a.txt': japanese(''), 'b.txt': '가나다'.repeat(60) });
    const out = join(folder, 'one.jsonl.gz');
    expect(run('--dir', site, '--out', out)).toMatchObject({ status: 2, stderr: expect.stringContaining('ja and ko') });
    expect(run('--dir', site, '--out', out, '--lang', 'ja').status).toBe(0);
  });

  it('says how it is used where it is not told what to read', () => {
    expect(run()).toMatchObject({ status: 2, stderr: expect.stringContaining('npm run traces -- --sitemap') });
    expect(run('--lang', 'en', '--dir', '.')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('one of ja'),
    });
  });
});
