import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFontUrl } from '../../../demo-sites/panel/font-url.ts';

const service = 'http://fonts.localhost:8787';
const base = `${service}/font/noto-sans-jp-400/b1/base-0.woff2`;

describe('parseFontUrl', () => {
  it('tells base, vertical base, slice and delta apart', () => {
    const part = (path: string) => parseFontUrl(`${service}/font/noto-sans-jp-400/b1/${path}`, service)?.part;
    expect(part('base-2.woff2')).toEqual({ kind: 'base', index: 2, isVertical: false });
    expect(part('base-0v.woff2')).toEqual({ kind: 'base', index: 0, isVertical: true });
    expect(part('s/p7/12.woff2')).toEqual({ kind: 'slice', plan: 'p7', index: 12 });
    expect(part('d/1aZ-_.woff2')).toEqual({ kind: 'delta', set: '1aZ-_' });
  });

  it('names face and build', () => {
    expect(parseFontUrl(base, service)).toMatchObject({ face: 'noto-sans-jp-400', build: 'b1' });
  });

  it.each([
    'http://other.localhost:8787/font/noto-sans-jp-400/b1/base-0.woff2',
    `${service}/css2?family=Noto+Sans+JP`,
    `${service}/font/noto-sans-jp-400/b1/base-.woff2`,
    `${service}/font/noto-sans-jp-400/b1/s/p7.woff2`,
    `${service}/font/noto-sans-jp-400/b1/d/a/b.woff2`,
    'not a url',
  ])('is not a font of the service: %s', (url) => {
    expect(parseFontUrl(url, service)).toBeUndefined();
  });

  it('answers for any text without throwing', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl(),
          fc.string().map((path) => `${service}/font/${path}`),
        ),
        (url) => {
          expect(() => parseFontUrl(url, service)).not.toThrow();
        },
      ),
    );
  });
});
