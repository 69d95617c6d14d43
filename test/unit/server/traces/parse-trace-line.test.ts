import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MAX_LINE_CHARACTERS,
  MAX_PAGE_CODEPOINTS,
  MAX_SITE_CHARACTERS,
  parseTraceLine,
} from '../../../../server/cli/traces/parse-trace-line.ts';
import { TraceError } from '../../../../server/cli/traces/trace-error.ts';

const line = (fields: object) => JSON.stringify({ site: 'a', page: 0, cps: [0x3042], ...fields });

describe('parseTraceLine', () => {
  it('adds the gaps up', () => {
    expect(parseTraceLine(line({ cps: [0x20, 1, 0x3021] })).codepoints).toEqual([0x20, 0x21, 0x3042]);
  });

  it('takes what is at the limits', () => {
    expect(parseTraceLine(line({ cps: [0x10ffff] })).codepoints).toEqual([0x10ffff]);
    expect(parseTraceLine(line({ site: '字'.repeat(MAX_SITE_CHARACTERS) })).site).toHaveLength(MAX_SITE_CHARACTERS);
    const cps = [0x10000, ...Array<number>(MAX_PAGE_CODEPOINTS - 1).fill(1)];
    expect(parseTraceLine(line({ cps })).codepoints).toHaveLength(MAX_PAGE_CODEPOINTS);
  });

  it.each([
    ['no JSON', '{"site":', /not JSON/],
    ['a list', '[]', /should be an object|“site” should be/],
    ['null', 'null', /should be an object/],
    ['no site', '{"page":0,"cps":[1]}', /“site” should be/],
    ['an empty site', line({ site: '' }), /“site” should be/],
    ['a long site', line({ site: 'a'.repeat(MAX_SITE_CHARACTERS + 1) }), /“site” should be/],
    ['a site with a line feed', line({ site: 'a\nb' }), /“site” should be/],
    ['a page that is text', line({ page: '0' }), /“page” should be/],
    ['a negative page', line({ page: -1 }), /“page” should be/],
    ['half a page', line({ page: 0.5 }), /“page” should be/],
    ['characters that are text', line({ chars: '9' }), /“chars”, where it is there, should be/],
    ['no codepoints', line({ cps: [] }), /“cps” should be/],
    ['text for codepoints', line({ cps: 'あ' }), /“cps” should be/],
    ['a codepoint that is text', line({ cps: ['あ'] }), /“cps” should be/],
    ['a negative gap', line({ cps: [0x3042, -1] }), /“cps” should be/],
    ['a gap of 0', line({ cps: [0x3042, 0] }), /gap 1 of “cps” is 0/],
    ['a sum beyond Unicode', line({ cps: [0x3042, 0x10ffff] }), /number 1 of “cps” leads to/],
    ['a surrogate', line({ cps: [0xd7ff, 1] }), /number 1 of “cps” leads to 55296/],
    ['too many codepoints', line({ cps: Array(MAX_PAGE_CODEPOINTS + 1).fill(1) }), /“cps” should be/],
    ['a long line', `"${'a'.repeat(MAX_LINE_CHARACTERS)}"`, /characters long/],
  ])('refuses %s', (_, text, message) => {
    expect(() => parseTraceLine(text)).toThrow(TraceError);
    expect(() => parseTraceLine(text)).toThrow(message);
  });

  it('refuses whatever it does not read with a TraceError', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.json(),
      fc.record({ site: fc.anything(), page: fc.anything(), cps: fc.anything() }).map((value) => JSON.stringify(value)),
      fc.array(fc.integer({ min: -2, max: 0x110000 })).map((cps) => line({ cps })),
    );
    fc.assert(
      fc.property(anything, (text) => {
        try {
          const { codepoints } = parseTraceLine(text);
          expect(codepoints.every((codepoint, index) => codepoint > (codepoints[index - 1] ?? -1))).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(TraceError);
        }
      }),
    );
  });
});
