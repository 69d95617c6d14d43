import { describe, expect, it } from 'vitest';
import { parseBenchArguments } from '../../bench/replay/parse-bench-arguments.ts';

describe('the arguments', () => {
  it('have defaults', () => {
    expect(parseBenchArguments([])).toEqual({
      ...{ traces: undefined, json: undefined, report: undefined, learning: undefined },
      ...{ languages: undefined, sessions: 8, seed: 1, locality: 0.5 },
    });
  });

  it('are read', () => {
    const given = ['--traces', 'mine', '--lang', 'zh-Hant,ja', '--sessions', '3', '--seed', '0', '--locality', '0.25'];
    expect(parseBenchArguments([...given, '--json', 'a.json', '--report', 'a.html', '--learning', 'l.json'])).toEqual({
      ...{ traces: 'mine', json: 'a.json', report: 'a.html', learning: 'l.json' },
      ...{ languages: ['ja', 'zh-Hant'], sessions: 3, seed: 0, locality: 0.25 },
    });
  });

  it.each([
    [['--lang', 'fr'], /--lang takes some of ja,ko,zh-Hans,zh-Hant.*“fr”/],
    [['--lang', ''], /--lang/],
    [['--sessions', '0'], /--sessions takes a number from 1 to 1000; “0”/],
    [['--sessions', '1e3'], /--sessions/],
    [['--sessions', '-1'], /--sessions|ambiguous/],
    [['--seed', '4294967296'], /--seed takes a number from 0 to 4294967295/],
    [['--seed', 'x'], /--seed/],
    [['--locality', '1.5'], /--locality takes a number from 0 to 1/],
    [['--unknown'], /--unknown/],
    [['file'], /file/],
  ])('%j are refused', (given, message) => {
    expect(() => parseBenchArguments(given)).toThrow(message);
  });
});
