import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientOf, siteOf } from '../../../server/site-of.ts';

describe('siteOf', () => {
  it.each([
    ['https://example.com', 'example.com'],
    ['https://a.b.example.com:8443', 'example.com'],
    ['http://www.example.co.jp', 'example.co.jp'],
    ['https://news.example.com.tw', 'example.com.tw'],
    ['https://one.github.io', 'github.io'],
    ['http://ja.localhost:8788', 'ja.localhost'],
    ['http://localhost', 'localhost'],
    ['http://192.0.2.1:80', '192.0.2.1'],
    ['http://[2001:db8::1]', '[2001:db8::1]'],
  ])('takes %s for %s', (origin, site) => expect(siteOf(origin, 'fonts.example')).toBe(site));

  it.each([
    [null],
    [''],
    ['null'],
    ['file://'],
    ['not an origin'],
    ['https://fonts.example'],
    ['chrome-extension://abcdef'],
    [`https://${'a'.repeat(300)}.example`],
  ])('knows no site of %s', (origin) => expect(siteOf(origin, 'fonts.example')).toBe(''));

  it('takes all subdomains of a domain for one site', () => {
    fc.assert(
      fc.property(fc.domain(), fc.stringMatching(/^[a-z][a-z0-9]{0,10}$/), (domain, label) => {
        expect(siteOf(`https://${label}.${domain}`, 'own')).toBe(siteOf(`https://other.${domain}`, 'own'));
      }),
    );
  });

  it('never fails, whatever it is told', () => {
    fc.assert(fc.property(fc.string(), (origin) => void expect(siteOf(origin, 'own').length).toBeLessThanOrEqual(300)));
  });
});

describe('clientOf', () => {
  it.each([
    [null, ''],
    ['203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::9', '2001:db8:1:2'],
    ['2001:db8::9', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
  ])('takes %s for %s', (address, client) => expect(clientOf(address)).toBe(client));
});
