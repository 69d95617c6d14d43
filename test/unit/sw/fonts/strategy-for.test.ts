import { describe, expect, it } from 'vitest';
import { strategyFor } from '../../../../sw/fonts/strategy-for.ts';

const ORIGIN = 'https://fonts.example';
const FONT = '/font/a-400/0123456789/base-0.woff2';
const strategyOf = (path: string, init?: RequestInit, origin = ORIGIN) =>
  strategyFor(new Request(ORIGIN, init), new URL(path, origin), ORIGIN);

describe('strategyFor', () => {
  it.each([
    [FONT, 'font'],
    ['/font/noto-sans-jp-400/0123456789/base-12v.woff2', 'font'],
    ['/font/noto-sans-jp-400/0123456789/s/01234567/12.woff2', 'font'],
    ['/font/noto-sans-jp-400-italic/0123456789/d/Abc_-0.woff2', 'font'],
    [`${FONT}?again`, undefined],
    ['/font/noto-sans-jp-400/0123456789/licence.txt', undefined],
    ['/css2?family=Noto+Sans+JP', 'stylesheet'],
    ['/css2', 'stylesheet'],
    ['/css2x', undefined],
    ['/typecase.js?family=Noto+Sans+JP', 'page'],
    ['/hub.js', 'page'],
    ['/.well-known/navigator-connect', 'page'],
    ['/fonts/elsewhere.woff2', undefined],
    ['/v1/families', undefined],
    ['/sw.js', undefined],
  ])('%s → %s', (path, strategy) => {
    expect(strategyOf(path)).toBe(strategy);
  });

  it('leaves uploads, parts and other origins to the network', () => {
    expect(strategyOf(FONT, { method: 'POST' })).toBeUndefined();
    expect(strategyOf(FONT, { headers: { Range: 'bytes=0-10' } })).toBeUndefined();
    expect(strategyOf(FONT, {}, 'https://site.example')).toBeUndefined();
  });
});
