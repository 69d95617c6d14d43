import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readHarPages } from '../../../../server/cli/traces/read-har-pages.ts';
import type { SourceOutcome } from '../../../../server/cli/traces/source-page.ts';
import { TraceError } from '../../../../server/cli/traces/trace-error.ts';

const folder = mkdtempSync(join(tmpdir(), 'har-'));
afterAll(() => rmSync(folder, { recursive: true }));

function read(content: unknown, site?: string): readonly SourceOutcome[] {
  const path = join(folder, 'a.har');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  const outcomes: SourceOutcome[] = [];
  readHarPages(path, site, (outcome) => outcomes.push(outcome));
  return outcomes;
}

const entry = (url: string, content: object, status = 200) => ({
  request: { method: 'GET', url },
  response: { status, content: { mimeType: 'text/html; charset=utf-8', ...content } },
});
const harOf = (...entries: readonly object[]) => ({ log: { version: '1.2', entries } });

describe('readHarPages', () => {
  it('takes documents by host, as text or base64 in their own charset', () => {
    const shiftJis = Buffer.from([0x8a, 0x88, 0x8e, 0x9a]).toString('base64');
    const mimeType = 'text/html;charset=Shift_JIS';
    const outcomes = read(
      harOf(
        entry('https://a.example/1?q#f', { text: '活字' }),
        entry('http://b.example:8080/', { text: shiftJis, encoding: 'base64', mimeType }),
      ),
    );
    expect(outcomes).toEqual([
      { kind: 'page', site: 'a.example', path: '/1?q', format: 'html', content: '活字' },
      { kind: 'page', site: 'b.example:8080', path: '/', format: 'html', content: '活字' },
    ]);
  });

  it('names the site as it is told to', () => {
    expect(read(harOf(entry('https://a.example/', { text: 'a' })), 'ours')).toMatchObject([{ site: 'ours' }]);
  });

  it('passes over what is no document, and says why a document is dropped', () => {
    const outcomes = read(
      harOf(
        entry('https://a.example/a.css', { mimeType: 'text/css', text: 'a' }),
        entry('https://a.example/gone', { text: 'a' }, 404),
        entry('https://a.example/empty', {}),
        entry('data:text/html,a', { text: 'a' }),
      ),
    );
    expect(outcomes).toEqual([
      { kind: 'dropped', reason: expect.stringContaining('export it with content') },
      { kind: 'dropped', reason: expect.stringContaining('not http or https') },
    ]);
  });

  it.each([
    ['no JSON', '{"log":', /not JSON/],
    ['no log', {}, /at log/],
    [
      'an entry without an answer',
      { log: { entries: [{ request: { url: 'https://a.example/' } }] } },
      /at log\.entries\.0\.response/,
    ],
  ])('refuses %s, naming the file and the place', (_, content, message) => {
    expect(() => read(content)).toThrow(TraceError);
    expect(() => read(content)).toThrow(message);
    expect(() => read(content)).toThrow(/a\.har/);
  });

  it('refuses a file that is not there', () => {
    expect(() => readHarPages(join(folder, 'none.har'), undefined, () => {})).toThrow(/none\.har cannot be read/);
  });

  it('takes or refuses whatever it is given', () => {
    const entries = fc.array(fc.record({ request: fc.anything(), response: fc.anything() }));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          entries.map((list) => JSON.stringify(harOf(...list))),
        ),
        (text) => {
          try {
            read(text);
          } catch (error) {
            expect(error).toBeInstanceOf(TraceError);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});
