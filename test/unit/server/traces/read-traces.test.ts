import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { listTraceLanguages, readTraces } from '../../../../server/cli/traces/read-traces.ts';
import { TraceError } from '../../../../server/cli/traces/trace-error.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'traces-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

const page = (site: string, number: number, cps: readonly number[] = [0x3042]) =>
  JSON.stringify({ site, page: number, chars: 7, cps });

describe('readTraces', () => {
  it('orders pages by site and page', () => {
    const lines = [page('b', 0), page('a', 10), page('a', 9, [0x20, 0x3022])].join('\n');
    expect(readTraces(folderOf({ 'ja.jsonl.gz': gzipSync(lines) }), 'ja')).toEqual([
      { site: 'a', page: 9, codepoints: [0x20, 0x3042], characters: 7 },
      { site: 'a', page: 10, codepoints: [0x3042], characters: 7 },
      { site: 'b', page: 0, codepoints: [0x3042], characters: 7 },
    ]);
  });

  it('reads plain text, with a mark at its start, empty lines and any line ends', () => {
    const folder = folderOf({ 'ko.jsonl': `\uFEFF${page('a', 0)}\r\n\r\n${page('a', 1)}\r\n` });
    expect(readTraces(folder, 'ko')).toHaveLength(2);
  });

  it('names the file and the line of what is wrong', () => {
    const folder = folderOf({ 'ja.jsonl': `${page('a', 0)}\n\n{"site":"a"}\n` });
    expect(() => readTraces(folder, 'ja')).toThrow(/ja\.jsonl, line 3: “page” should be a whole number/);
  });

  it('refuses a page that is there twice', () => {
    const folder = folderOf({ 'ja.jsonl': `${page('a', 0)}\n${page('a', 0)}\n` });
    expect(() => readTraces(folder, 'ja')).toThrow(/line 2: page 0 of its site again/);
  });

  it.each([
    ['a cut-off archive', gzipSync(page('a', 0)).subarray(0, 20)],
    ['text that is not UTF-8', Uint8Array.of(0x7b, 0xff)],
    ['no page', ''],
    ['only empty lines', gzipSync('\n\n')],
  ])('refuses %s, naming the file', (_, content) => {
    const folder = folderOf({ 'ja.jsonl.gz': content });
    const read = () => readTraces(folder, 'ja');
    expect(read).toThrow(TraceError);
    expect(read).toThrow(/ja\.jsonl\.gz/);
  });

  it('refuses more pages than it has room for', () => {
    const lines = Array.from({ length: 50_001 }, (_, number) => page('a', number)).join('\n');
    expect(() => readTraces(folderOf({ 'ja.jsonl': lines }), 'ja')).toThrow(/line 50001: more than 50000 pages/);
  });

  it('says which file it looked for', () => {
    const folder = folderOf({});
    expect(() => readTraces(folder, 'zh-Hant')).toThrow(/zh-Hant\.jsonl\.gz/);
  });
});

describe('listTraceLanguages', () => {
  it('lists what there are files of, in either form', () => {
    const folder = folderOf({ 'zh-Hant.jsonl.gz': '', 'ja.jsonl': '', 'fr.jsonl.gz': '' });
    expect(listTraceLanguages(folder)).toEqual(['ja', 'zh-Hant']);
  });

  it('refuses a folder without traces, and one that is not there', () => {
    const folder = folderOf({ 'fr.jsonl.gz': '' });
    for (const path of [folder, join(folder, 'none')])
      expect(() => listTraceLanguages(path)).toThrow(/holds no traces; it should have files like ja\.jsonl\.gz/);
  });
});
