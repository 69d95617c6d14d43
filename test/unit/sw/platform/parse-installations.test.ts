import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstallations } from '../../../../sw/platform/decisions/parse-installations.ts';

const ORIGIN = 'https://svc.example';
const RESPONSE_URL = `${ORIGIN}/res/deep/file.png?v=1#part`;

function parse(script: string | null, scope: string | null = null, responseUrl = RESPONSE_URL) {
  const headers: Readonly<Record<string, string | null>> = {
    'service-worker-script': script,
    'service-worker-scope': scope,
  };
  return parseInstallations(responseUrl, (name) => headers[name.toLowerCase()] ?? null);
}

const pairsOf = (script: string | null, scope?: string | null) =>
  parse(script, scope).map(({ scriptUrl, scopeUrl }) => [scriptUrl.replace(ORIGIN, ''), scopeUrl.replace(ORIGIN, '')]);

describe('parseInstallations', () => {
  it.each([
    ['/common/share/sw.js', '/share/', '/common/share/sw.js', '/share/'],
    ['/foo/foo.js', null, '/foo/foo.js', '/foo/'],
    ['/foo/foo.js', ' ', '/foo/foo.js', '/foo/'],
    ['/foo/foo.js?a/b', null, '/foo/foo.js?a/b', '/foo/'],
    ['sw.js', 'sub/', '/res/deep/sw.js', '/res/deep/sub/'],
    ['../sw.js', '.', '/res/sw.js', '/res/deep/'],
    ['  /sw.js\t', ' /x ', '/sw.js', '/x'],
    ['/sw.js#part', '/x/#part', '/sw.js', '/x/'],
    ['https://svc.example:443/sw.js', 'https://svc.example:443/x/', '/sw.js', '/x/'],
    ['HTTPS://SVC.EXAMPLE/sw.js', '//svc.example/x/', '/sw.js', '/x/'],
    ['/sw.js?q=%2f%5C', '/x/?q=%2F%5c', '/sw.js?q=%2f%5C', '/x/?q=%2F%5c'],
    ['\\sw.js', '\\x\\', '/sw.js', '/x/'],
  ])('resolves %s and scope %s', (script, scope, scriptPath, scopePath) => {
    expect(pairsOf(script, scope)).toEqual([[scriptPath, scopePath]]);
  });

  it.each([
    [null, null],
    [null, '/share/'],
    ['', '/share/'],
    [' ', '/share/'],
    [',', '/a/,/b/'],
    ['https://other.example/sw.js', null],
    ['//other.example/sw.js', '/'],
    ['http://svc.example/sw.js', '/'],
    ['https://svc.example:444/sw.js', '/'],
    ['/sw.js', 'https://other.example/'],
    ['/sw.js', '//other.example/'],
    ['/sw.js', 'http://['],
    ['http://[', '/'],
    ['data:text/javascript,', '/'],
    ['blob:https://svc.example/1', '/'],
    ['blob:https://svc.example/1', null],
    ['/sw.js', 'blob:https://svc.example/1'],
    ['/a%2fsw.js', '/'],
    ['/a%2Fsw.js', '/'],
    ['/a%5csw.js', '/'],
    ['/a%5Csw.js', '/'],
    ['/sw.js', '/a%2f'],
    ['/sw.js', '/a%2F'],
    ['/sw.js', '/a%5c'],
    ['/sw.js', '/a%5C'],
  ])('leaves out script %s with scope %s', (script, scope) => {
    expect(parse(script, scope)).toEqual([]);
  });

  it('takes the default port for absent, over http, too', () => {
    expect(parse('http://svc.example:80/sw.js', 'http://svc.example:80/', 'http://svc.example/x')).toEqual([
      { scriptUrl: 'http://svc.example/sw.js', scopeUrl: 'http://svc.example/' },
    ]);
  });

  it('pairs lists by position, an empty or missing scope being the default', () => {
    expect(pairsOf('/a/sw.js, /b/sw.js,/c/sw.js, /d/sw.js', '/a/x/, , /c/x/')).toEqual([
      ['/a/sw.js', '/a/x/'],
      ['/b/sw.js', '/b/'],
      ['/c/sw.js', '/c/x/'],
      ['/d/sw.js', '/d/'],
    ]);
  });

  it('keeps the positions of the others when it leaves one out', () => {
    const scripts = 'https://other.example/sw.js, , /c/sw.js, blob:https://svc.example/1, /e/sw.js';
    expect(pairsOf(scripts, '/a/, /b/, /c/x/, , /e/x/')).toEqual([
      ['/c/sw.js', '/c/x/'],
      ['/e/sw.js', '/e/x/'],
    ]);
  });

  it('ignores scopes without a script', () => {
    expect(pairsOf('/a/sw.js', '/a/x/, /b/')).toEqual([['/a/sw.js', '/a/x/']]);
  });

  const part = fc.constantFrom(
    '/',
    '..',
    '%2f',
    '%5C',
    '?',
    '#',
    ',',
    ':',
    '//',
    '@',
    '\\',
    ' ',
    '[',
    'blob:',
    ORIGIN,
    'a',
  );
  const value = fc.option(
    fc.oneof(
      fc.string(),
      fc.array(part, { maxLength: 8 }).map((parts) => parts.join('')),
    ),
  );

  it('returns nothing but normalized URLs of the response’s origin, whatever the headers are', () => {
    fc.assert(
      fc.property(value, value, (script, scope) => {
        for (const { scriptUrl, scopeUrl } of parse(script, scope)) {
          for (const url of [scriptUrl, scopeUrl]) {
            const { href, origin, protocol, pathname, hash } = new URL(url);
            expect([href, origin, protocol, hash]).toEqual([url, ORIGIN, 'https:', '']);
            expect(pathname).not.toMatch(/%2f|%5c/i);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('judges each pair of a list alone', () => {
    const item = fc.array(part, { maxLength: 4 }).map((parts) => parts.join('').replaceAll(',', ''));
    fc.assert(
      fc.property(fc.array(fc.tuple(item, item), { minLength: 1, maxLength: 4 }), (pairs) => {
        const scripts = pairs.map(([script]) => script).join(',');
        const scopes = pairs.map(([, scope]) => scope).join(',');
        expect(parse(scripts, scopes)).toEqual(pairs.flatMap(([script, scope]) => parse(script, scope)));
      }),
    );
  });
});
