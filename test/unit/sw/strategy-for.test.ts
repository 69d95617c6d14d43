import { describe, expect, it } from 'vitest';
import { strategyFor } from '../../../sw/fonts/strategy-for.ts';

const ORIGIN = 'https://fonts.example';
const strategyOf = (path: string, method = 'GET', origin = ORIGIN) =>
  strategyFor(method, new URL(path, origin), ORIGIN);

describe('strategyFor', () => {
  it.each([
    ['/font/noto-sans-jp-400/0123456789/base-0.woff2', 'font'],
    ['/css2?family=Noto+Sans+JP', 'stylesheet'],
    ['/css2', 'stylesheet'],
    ['/css2x', undefined],
    ['/fonts/elsewhere.woff2', undefined],
    ['/v1/families', undefined],
    ['/sw.js', undefined],
  ])('%s → %s', (path, strategy) => {
    expect(strategyOf(path)).toBe(strategy);
  });

  it('leaves uploads, reports and other origins to the network', () => {
    expect(strategyOf('/font/a-1/0123456789/base-0.woff2', 'POST')).toBeUndefined();
    expect(strategyOf('/font/a-1/0123456789/base-0.woff2', 'GET', 'https://site.example')).toBeUndefined();
  });
});
