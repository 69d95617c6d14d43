import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatSet } from '../../../font-service/codepoints/set-encoding.ts';
import { TypecaseError } from '../../../font-service/errors.ts';
import { MAX_REPORT_CHARACTERS, MAX_REPORT_PAGES, parseUsageReport } from '../../../font-service/usage/usage-report.ts';
import { codepointSets } from '../../support/arbitrary-codepoints.ts';

const HEAD = { version: 1, face: 'noto-sans-jp-400', build: '0123456789' };
const PAGE = 'AP_A';

const pages = fc.array(codepointSets({ minLength: 1 }), { minLength: 1, maxLength: MAX_REPORT_PAGES });

function codeOf(text: string): string {
  try {
    parseUsageReport(text);
    return 'none';
  } catch (error) {
    if (error instanceof TypecaseError) return error.code;
    throw error;
  }
}

describe('parseUsageReport', () => {
  it('gives back the pages and counts of any report', () => {
    fc.assert(
      fc.property(pages, fc.nat(1000), fc.nat(1000), (sets, stored, fetched) => {
        const text = JSON.stringify({ ...HEAD, pages: sets.map(formatSet), files: [stored, fetched] });
        const { version, ...head } = HEAD;
        expect(parseUsageReport(text)).toEqual({ ...head, pages: sets, files: { stored, fetched } });
      }),
    );
  });

  it('throws nothing but errors about input, for any text', () => {
    const almost = fc.record(
      {
        version: fc.constantFrom(1, 2, '1'),
        face: fc.constantFrom(HEAD.face, 'NOTO', 7),
        build: fc.constantFrom(HEAD.build, '', null),
        pages: fc.oneof(fc.array(fc.string()), fc.json()),
        files: fc.anything(),
      },
      { requiredKeys: [] },
    );
    const texts = fc.oneof(
      fc.string(),
      fc.json(),
      almost.map((value) => JSON.stringify(value) ?? ''),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(['none', 'bad-usage-report', 'bad-identifier', 'bad-codepoint-set']).toContain(codeOf(text));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['another version', { ...HEAD, version: 2, pages: [PAGE] }],
    ['no pages', { ...HEAD, pages: [] }],
    ['too many pages', { ...HEAD, pages: Array.from({ length: MAX_REPORT_PAGES + 1 }, () => PAGE) }],
    ['a member that is not meant to be sent', { ...HEAD, pages: [PAGE], url: 'https://site.example/page' }],
    ['more files than a page has', { ...HEAD, pages: [PAGE], files: [0, 1001] }],
  ])('refuses %s', (_, report) => {
    expect(codeOf(JSON.stringify(report))).toBe('bad-usage-report');
  });

  it('refuses a set that is not spelled as URLs spell it, and an empty one', () => {
    for (const page of ['', 'A', 'not a set', formatSet(Uint32Array.of(65, 66) as never).slice(0, -1)])
      expect(codeOf(JSON.stringify({ ...HEAD, pages: [page] }))).toBe('bad-codepoint-set');
  });

  it('refuses what is longer than a beacon before it is read', () => {
    expect(() => parseUsageReport(' '.repeat(MAX_REPORT_CHARACTERS + 1))).toThrow(
      `${MAX_REPORT_CHARACTERS} is the limit`,
    );
  });
});
