import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type FontTiming,
  groupByFace,
  listFontFiles,
  parseFontUrl,
  sumFontFiles,
} from '../../../demo-sites/panel/font-files.ts';

const service = 'http://fonts.localhost:8787';
const base = `${service}/font/noto-sans-jp-400/b1/base-0.woff2`;

function timing(name: string, values: Partial<FontTiming> = {}): FontTiming {
  return { name, encodedBodySize: 1000, transferSize: 1300, duration: 12.5, responseStatus: 200, ...values };
}

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

describe('listFontFiles', () => {
  it('leaves out everything that is no font of the service', () => {
    const files = listFontFiles([timing('http://ja.localhost/style.css'), timing(base)], service);
    expect(files.map((file) => file.url)).toEqual([base]);
  });

  it('tells cache, network, failure and hidden sizes apart', () => {
    const answer = (values: Partial<FontTiming>) => listFontFiles([timing(base, values)], service)[0]?.answer;
    expect(answer({})).toBe('network');
    expect(answer({ transferSize: 0 })).toBe('cache');
    expect(answer({ responseStatus: 404 })).toBe('failed');
    expect(answer({ encodedBodySize: 0, transferSize: 0 })).toBe('hidden');
  });
});

describe('sums', () => {
  const files = listFontFiles(
    [
      timing(`${service}/font/noto-sans-jp-700/b1/base-0.woff2`),
      timing(base, { transferSize: 0 }),
      timing(`${service}/font/noto-sans-jp-400/b1/s/p1/3.woff2`, { encodedBodySize: 500, transferSize: 800 }),
      timing(`${service}/font/noto-sans-jp-400/b1/s/p1/4.woff2`, { responseStatus: 503 }),
    ],
    service,
  );

  it('count files, bytes, transferred bytes and cache hits, and no failed file', () => {
    expect(sumFontFiles(files)).toEqual({ files: 3, bytes: 2500, transferBytes: 2100, cacheHits: 1 });
  });

  it('are made per face, faces in order, failed files kept in the list', () => {
    const faces = groupByFace(files);
    expect(faces.map((face) => [face.face, face.files.length, face.totals.bytes])).toEqual([
      ['noto-sans-jp-400', 3, 1500],
      ['noto-sans-jp-700', 1, 1000],
    ]);
  });
});
