import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLearning } from '../../bench/replay/parse-learning.ts';

const POINT = {
  ...{ lang: 'ja', delivery: 'typecase-site', grouped: true, trained: true, learnedViews: 1000, requests: 20.5 },
  bytes: { font: 1, css: 2, script: 3, headers: 4.5, total: 10.5 },
};

describe('a file of the learning curve', () => {
  it('is read; what it has beyond points is left out', () => {
    expect(parseLearning(JSON.stringify([{ ...POINT, singles: 5 }]))).toEqual([POINT]);
  });

  it('may be the committed one', () => {
    const text = readFileSync(new URL('../../bench/results/learning.json', import.meta.url), 'utf8');
    expect(parseLearning(text)).toHaveLength(48);
  });

  it.each([
    ['not JSON', '[', /^not JSON; the file should be a list/],
    ['an object', '{}', /^the file should be a list of 1 to 4000 points$/],
    ['without a point', '[]', /^the file should be a list/],
    ['of something else', '[5]', /^point 1: a point should be an object like \{"lang":"ja"/],
    ['of another language', [POINT, { ...POINT, lang: '<b>' }], /^point 2: “lang” should be one of ja,ko,/],
    ['of no delivery', [{ ...POINT, delivery: 'carrier-pigeon' }], /^point 1: “delivery” should be one of whole-font,/],
    ['with a flag as a text', [{ ...POINT, grouped: 'yes' }], /^point 1: “grouped” should be true or false$/],
    ['with less than nothing', [{ ...POINT, learnedViews: -1 }], /^point 1: “learnedViews” should be a number from 0/],
    ['with bytes as a text', [{ ...POINT, bytes: 'many' }], /^point 1: “bytes” should be an object of “font”/],
    [
      'with a number as a text',
      [{ ...POINT, bytes: { ...POINT.bytes, css: '2' } }],
      /^point 1: “css” should be a number/,
    ],
    ['that lacks a field', [{ ...POINT, requests: undefined }], /^point 1: “requests” is missing; a point should be/],
    ['that lacks bytes', [{ ...POINT, bytes: undefined }], /^point 1: “bytes” is missing; a point should be/],
    ['of far too many characters', ' '.repeat(1_000_001), /^the file has 1000001 characters; it should have at most/],
  ])('is refused where it is %s', (_, content, message) => {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    expect(() => parseLearning(text)).toThrow(message);
  });

  it('is read or refused with an Error, whatever it holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        try {
          expect(parseLearning(text).length).toBeGreaterThan(0);
        } catch (error) {
          expect((error as Error).message).toMatch(/should/);
        }
      }),
    );
  });
});
