import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEligible, isSafelisted, type RequestFacts } from '../../../../sw/platform/decisions/is-eligible.ts';

const CLIENT = 'https://site.example';
const IMAGE: RequestFacts = {
  url: 'https://svc.example/a.png',
  method: 'GET',
  mode: 'no-cors',
  destination: 'image',
  headers: [['accept', 'image/*']],
};
const judge = (facts: Partial<RequestFacts>) => isEligible({ ...IMAGE, ...facts }, CLIENT);

describe('isEligible', () => {
  it.each([
    [{}],
    [{ mode: 'cors' }],
    [{ mode: 'cors', destination: '' }],
    [{ method: 'HEAD', mode: 'cors', destination: '' }],
    [{ method: 'POST', mode: 'cors', destination: '' }],
    [{ url: 'http://svc.example/a.png' }],
    [{ url: 'https://site.example:8443/a.png' }],
    [{ url: 'http://site.example/a.png' }],
    [{ url: 'https://sub.site.example/a.png' }],
    [{ destination: 'font', mode: 'cors' }],
    [{ destination: 'style' }],
    [{ destination: 'script' }],
    [{ destination: 'audio' }],
    [{ destination: 'video' }],
    [{ destination: 'track' }],
    [{ headers: [] }],
    [{ headers: [['Sec-Fetch-Mode', 'cors'] as const, ['User-Agent', 'x'.repeat(300)] as const] }],
  ])('lets %j fall through', (facts) => {
    expect(judge(facts)).toBe(true);
  });

  it.each([
    [{ url: 'https://site.example/a.png' }],
    [{ url: 'https://site.example:443/a.png' }],
    [{ url: 'data:image/png,' }],
    [{ url: 'blob:https://svc.example/1' }],
    [{ url: 'file:///a.png' }],
    [{ method: 'PUT' }],
    [{ method: 'DELETE' }],
    [{ method: 'get' }],
    [{ method: 'GETS' }],
    [{ mode: 'no-cors', destination: '' }],
    [{ mode: 'same-origin' }],
    [{ mode: 'navigate', destination: 'document' }],
    [{ mode: 'navigate', destination: 'iframe' }],
    [{ mode: 'websocket', destination: '' }],
    [{ mode: 'cors', destination: 'document' }],
    [{ mode: 'cors', destination: 'iframe' }],
    [{ mode: 'cors', destination: 'frame' }],
    [{ destination: 'embed' }],
    [{ destination: 'object' }],
    [{ mode: 'cors', destination: 'worker' }],
    [{ mode: 'cors', destination: 'sharedworker' }],
    [{ mode: 'cors', destination: 'serviceworker' }],
    [{ mode: 'cors', destination: 'audioworklet' }],
    [{ mode: 'cors', destination: 'paintworklet' }],
    [{ mode: 'cors', destination: 'report' }],
    [{ headers: [['authorization', 'secret'] as const] }],
    [{ headers: [['X-Custom', ''] as const] }],
    [{ headers: [['accept', '*/*'] as const, ['cookie', 'a=b'] as const] }],
    [{ headers: [['content-type', 'application/json'] as const] }],
  ])('keeps %j from it', (facts) => {
    expect(judge(facts)).toBe(false);
  });

  it('is false for every request of the service’s own origin', () => {
    const facts = fc.record({
      method: fc.constantFrom('GET', 'HEAD', 'POST'),
      mode: fc.constantFrom('cors', 'no-cors', 'same-origin'),
      destination: fc.constantFrom('', 'image', 'font', 'script'),
    });
    fc.assert(
      fc.property(facts, fc.webUrl(), (given, url) => {
        const { href, origin } = new URL(url);
        expect(isEligible({ ...IMAGE, ...given, url: href }, origin)).toBe(false);
      }),
    );
  });

  it('is false as soon as one header is neither safelisted nor the browser’s', () => {
    const name = fc.stringMatching(/^x-[a-z]{1,8}$/);
    const safe = fc.constantFrom(['accept', '*/*'] as const, ['sec-fetch-site', 'cross-site'] as const);
    fc.assert(
      fc.property(fc.array(safe), name, fc.array(safe), (before, custom, after) => {
        expect(judge({ headers: [...before, ...after] })).toBe(true);
        expect(judge({ headers: [...before, [custom, 'x'] as const, ...after] })).toBe(false);
      }),
    );
  });
});

describe('isSafelisted', () => {
  it.each([
    ['accept', '*/*', true],
    ['Accept-Language', 'de, en;q=0.5', true],
    ['content-language', 'de', true],
    ['Content-Type', 'text/plain', true],
    ['content-type', 'Text/Plain;charset=UTF-8', true],
    ['content-type', 'multipart/form-data; boundary=x', true],
    ['content-type', 'application/x-www-form-urlencoded', true],
    ['range', 'bytes=0-', true],
    ['range', 'bytes=10-20', true],
    ['content-type', 'application/json', false],
    ['content-type', 'text/plainer', false],
    ['range', 'bytes=-5', false],
    ['range', 'bytes=0-1,3-4', false],
    ['range', 'lines=0-1', false],
    ['cookie', 'a=b', false],
    ['authorization', 'x', false],
    ['sec-fetch-mode', 'cors', false],
    ['x-accept', '*/*', false],
    ['accept', 'x'.repeat(128), true],
    ['accept', 'x'.repeat(129), false],
    ['accept', 'a(b)', false],
    ['accept', '"a"', false],
    ['accept', 'a{b}', false],
    ['accept-language', 'de"', false],
    ['content-language', 'de<', false],
    ['content-type', 'text/plain; x="y"', false],
  ])('of %s: %s is %s', (name, value, isSafe) => {
    expect(isSafelisted(name, value)).toBe(isSafe);
  });
});
