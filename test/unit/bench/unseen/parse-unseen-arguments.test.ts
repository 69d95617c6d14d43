import { describe, expect, it } from 'vitest';
import { parseUnseenArguments } from '../../../bench/unseen/parse-unseen-arguments.ts';

describe('the arguments', () => {
  it('have defaults', () => {
    expect(parseUnseenArguments([])).toEqual({
      ...{ traces: undefined, json: undefined, groups: false, folds: 5, seed: 1 },
      languages: undefined,
    });
  });

  it('are read', () => {
    const given = ['--traces', 'mine', '--lang', 'ko', '--folds', '3', '--seed', '0', '--json', 'a.json', '--groups'];
    expect(parseUnseenArguments(given)).toEqual({
      ...{ traces: 'mine', json: 'a.json', groups: true, folds: 3, seed: 0, languages: ['ko'] },
    });
  });

  it.each([
    [['--lang', 'fr'], /--lang takes some of ja,ko,zh-Hans,zh-Hant.*“fr”/],
    [['--folds', '1'], /--folds takes a number from 2 to 20; “1”/],
    [['--folds', '2.5'], /--folds/],
    [['--seed', '-1'], /--seed|ambiguous/],
    [['--groups=yes'], /--groups/],
    [['--sessions', '3'], /--sessions/],
  ])('%j are refused', (given, message) => {
    expect(() => parseUnseenArguments(given)).toThrow(message);
  });
});
