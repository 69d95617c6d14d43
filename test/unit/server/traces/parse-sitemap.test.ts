import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSitemap } from '../../../../server/cli/traces/parse-sitemap.ts';
import { TraceError } from '../../../../server/cli/traces/trace-error.ts';

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>';
const NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

describe('parseSitemap', () => {
  it('reads addresses with entities and CDATA, each once', () => {
    const urls = ['https://a.example/?b&amp;c', '<![CDATA[https://a.example/d]]>', 'https://a.example/d'];
    const xml = `${HEAD}<urlset ${NAMESPACE}>${urls.map((url) => `<url><loc> ${url}\n</loc><priority>1</priority></url>`).join('')}</urlset>`;
    expect(parseSitemap(xml)).toEqual(['https://a.example/?b&c', 'https://a.example/d']);
  });

  it('passes over the addresses of images', () => {
    const xml = `<urlset><url><loc>https://a.example/</loc><image:image><image:loc>https://a.example/i.png</image:loc></image:image></url></urlset>`;
    expect(parseSitemap(xml)).toEqual(['https://a.example/']);
  });

  it('reads a list, with comments and any line ends', () => {
    expect(parseSitemap('# ours\r\nhttps://a.example/\r\n\r\nhttp://b.example/1\n')).toEqual([
      'https://a.example/',
      'http://b.example/1',
    ]);
  });

  it.each([
    ['nothing', '', /names no page/],
    ['an empty sitemap', '<urlset></urlset>', /names no page/],
    [
      'a sitemap of sitemaps',
      '<sitemapindex><sitemap><loc>https://a.example/s.xml</loc></sitemap></sitemapindex>',
      /names other sitemaps/,
    ],
    ['XML that is cut off', '<urlset><url><loc>https://a.example/</loc>', /broken XML \(<url> is not closed\)/],
    ['another document', '<html><body></body></html>', /its root is <html>/],
    ['a file address', '<urlset><url><loc>file:///etc/passwd</loc></url></urlset>', /address 1 in it/],
    ['a relative address', 'https://a.example/\n/b', /address 2 in it/],
    [
      'too many addresses',
      Array.from({ length: 50_001 }, (_, n) => `http://a.example/${n}`).join('\n'),
      /more than 50000/,
    ],
  ])('refuses %s', (_, text, message) => {
    expect(() => parseSitemap(text)).toThrow(TraceError);
    expect(() => parseSitemap(text)).toThrow(message);
  });

  it('gives http addresses or a TraceError, whatever it is given', () => {
    const parts = fc.constantFrom(
      '<urlset>',
      '</urlset>',
      '<url>',
      '</url>',
      '<loc>',
      '</loc>',
      'http://a.example/',
      '&amp;',
      '<!--',
      '\n',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(parts).map((list) => list.join('')),
        ),
        (text) => {
          try {
            expect(parseSitemap(text).every((url) => /^https?:/i.test(url))).toBe(true);
          } catch (error) {
            expect(error).toBeInstanceOf(TraceError);
          }
        },
      ),
    );
  });
});
