import { describe, expect, it } from 'vitest';
import { requestKindOf } from '../../../demo-sites/sites/ko/request-kind.ts';

const origin = 'http://ko.localhost:8788';
const kindOf = (url: string, mode: RequestMode = 'no-cors', method = 'GET') =>
  requestKindOf({ url, mode, method }, origin);

describe('requestKindOf', () => {
  it('knows the site’s pages and their assets', () => {
    expect(kindOf(`${origin}/`, 'navigate')).toBe('page');
    expect(kindOf(`${origin}/style.css?x`)).toBe('asset');
    expect(kindOf(`${origin}/slices/noto-sans-kr.json`, 'cors')).toBe('asset');
  });

  it.each([
    ['http://fonts.localhost:8787/font/noto-sans-kr-400/b1/base-0.woff2', 'cors', 'GET'],
    ['http://fonts.localhost:8787/css2?family=Noto+Sans+KR', 'cors', 'GET'],
    ['http://tally.localhost:8788/connect.js', 'cors', 'GET'],
    [`${origin}/style.css`, 'cors', 'POST'],
    [`${origin}/elsewhere`, 'cors', 'GET'],
  ] as const)('leaves %s alone (%s, %s)', (url, mode, method) => {
    expect(kindOf(url, mode, method)).toBeUndefined();
  });
});
