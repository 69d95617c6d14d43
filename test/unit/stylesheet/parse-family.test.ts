import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFamily } from '../../../font-service/stylesheet/parse-family.ts';
import { refusalOf } from '../../support/refusal-of.ts';

/** The tuples of a selector, as plain objects of ranges. */
function tuplesOf(text: string) {
  return parseFamily(text).tuples.map((tuple) =>
    Object.fromEntries([...tuple].map(([tag, { min, max }]) => [tag, min === max ? min : `${min}..${max}`])),
  );
}

const reasonOf = (text: string) => refusalOf(() => parseFamily(text))?.message.split('\n')[1];

describe('parseFamily', () => {
  it('reads a name without selector as a request for the regular style', () => {
    expect(parseFamily(' Noto Sans JP ')).toEqual({ family: 'Noto Sans JP', tuples: [] });
  });

  it.each([
    ['A:wght@400', [{ wght: 400 }]],
    ['A:wght@400;700', [{ wght: 400 }, { wght: 700 }]],
    ['A:wght@100..900', [{ wght: '100..900' }]],
    ['A:ital@1', [{ ital: 1 }]],
    [
      'A:ital,wght@0,400;1,300..500',
      [
        { ital: 0, wght: 400 },
        { ital: 1, wght: '300..500' },
      ],
    ],
    ['A:slnt,wght,CASL@-15..0,400,0.5', [{ slnt: '-15..0', wght: 400, CASL: 0.5 }]],
    ['A:wght@400.5', [{ wght: 400.5 }]],
    ['A:slnt@-.5', [{ slnt: -0.5 }]],
  ])('reads %s', (text, tuples) => {
    expect(tuplesOf(text)).toEqual(tuples);
  });

  it.each([
    ['A:', 'Invalid axisTag: '],
    ['A:wgh@4', 'Invalid axisTag: wgh'],
    ['A:wght', 'Expected one @ between axes and values'],
    ['A:wght@1@2', 'Expected one @ between axes and values'],
    ['A:wght,ital@400,0', 'Axes must be listed alphabetically (e.g. a,b,c,A,B,C)'],
    ['A:CASL,wght@0,400', 'Axes must be listed alphabetically (e.g. a,b,c,A,B,C)'],
    ['A:wght@', 'Invalid axis value: '],
    ['A:wght@400;', 'Invalid axis value: '],
    ['A:wght@bold', 'Invalid axis value: bold'],
    ['A:wght@4e2', 'Invalid axis value: 4e2'],
    ['A:wght@Infinity', 'Invalid axis value: Infinity'],
    ['A:wght@400...500', 'Invalid axis range: 400...500'],
    ['A:wght@1..2..3', 'Invalid axis value: 1..2..3'],
    ['A:wght@500..400', 'Invalid axis range: 500..400'],
    ['A:wght@400..400', 'Invalid axis range: 400..400'],
    ['A:wght,wght@400,700', 'Every axis must be listed once'],
    ['A:ital,wght@400', 'Expected 2 values in every tuple'],
    ['A:wght@700;400', 'Tuples must be sorted'],
    ['A:wght@400;400', 'Tuples must not overlap'],
    ['A:wght@400..500;500..600', 'Tuples must not overlap'],
    [`A:wght@${Array.from({ length: 201 }, (_, index) => index + 1).join(';')}`, 'At most 200 tuples'],
    ['A'.repeat(101), 'The family name is too long'],
  ])('refuses %s', (text, reason) => {
    expect(reasonOf(text)).toBe(reason);
  });

  it('throws nothing but bad-query for any text, within 20 ms', () => {
    const part = fc.oneof(
      fc.constantFrom('A', ':', 'wght', 'ital', ',', '@', ';', '..', '400', '-', '.', '1'),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        expect([undefined, 'bad-query']).toContain(refusalOf(() => parseFamily(parts.join('')))?.code);
      }),
      { numRuns: 500 },
    );
    const before = performance.now();
    refusalOf(() => parseFamily(`A:wght@${'1;'.repeat(50_000)}`));
    refusalOf(() => parseFamily(`A:wght@${'1'.repeat(100_000)}`));
    expect(performance.now() - before).toBeLessThan(200);
  });
});
