import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesRule, parseFallThroughRule } from '../../../../sw/platform/decisions/fall-through-scopes.ts';

const SCOPE = 'https://svc.example/app/';
const WORKER_URL = 'https://svc.example/app/js/sw.js';
const parse = (scopes: unknown, options?: unknown) => parseFallThroughRule(scopes, options, SCOPE, WORKER_URL);

describe('parseFallThroughRule', () => {
  it.each([
    [['/app/'], ['https://svc.example/app/']],
    [
      ['/app/resources', '/app/font'],
      ['https://svc.example/app/resources', 'https://svc.example/app/font'],
    ],
    [['../font'], ['https://svc.example/app/font']],
    [['font'], ['https://svc.example/app/js/font']],
    [['https://svc.example:443/app/x'], ['https://svc.example/app/x']],
    [['/app/x?q'], ['https://svc.example/app/x?q']],
    [['/app/a/../b'], ['https://svc.example/app/b']],
    [['/app/x#part'], ['https://svc.example/app/x']],
    [[], []],
  ])('resolves %j against the worker', (scopes, resolved) => {
    expect(parse(scopes)).toEqual({ scopes: resolved, origins: ['*'] });
  });

  it.each([
    [undefined],
    [null],
    ['/app/'],
    [{ 0: '/app/', length: 1 }],
    [['/app/', 1]],
    [['/app/', undefined]],
    [[null]],
    [['http://[']],
    [['/']],
    [['/app']],
    [['/other/']],
    [['/app/', '/other/']],
    [['/app/../']],
    [['https://other.example/app/']],
    [['https://svc.example:444/app/']],
    [['http://svc.example/app/']],
    [['https://user@svc.example/app/']],
  ])('refuses the scopes %j', (scopes) => {
    expect(() => parse(scopes)).toThrow(TypeError);
  });

  it.each([
    [undefined, ['*']],
    [null, ['*']],
    [{}, ['*']],
    [{ origins: ['*'] }, ['*']],
    [{ origins: '*' }, ['*']],
    [{ origins: ['https://a.example'] }, ['https://a.example']],
    [{ origins: ['https://a.example:8443', 'http://b.example'] }, ['https://a.example:8443', 'http://b.example']],
  ])('takes the options %j', (options, origins) => {
    expect(parse(['/app/'], options).origins).toEqual(origins);
  });

  it.each([
    [[]],
    ['https://a.example'],
    [null],
    [['https://a.example/']],
    [['https://a.example:443']],
    [['https://A.example']],
    [['a.example']],
    [['null']],
    [['']],
    [['file:///']],
    [['https://a.example', 1]],
    [['https://a.example', 'nonsense']],
  ])('refuses the origins %j', (origins) => {
    expect(() => parse(['/app/'], { origins })).toThrow(TypeError);
  });

  it('takes no asterisk inside a host for a pattern', () => {
    const rule = { scopes: [SCOPE], origins: ['https://*.example'] };
    expect(matchesRule(rule, SCOPE, 'https://a.example')).toBe(false);
  });

  it('throws TypeError or returns scopes inside the worker’s, whatever it is given', () => {
    const part = fc.constantFrom(
      '/',
      '/app/',
      '..',
      '.',
      'x',
      '?',
      '#',
      '@',
      '//',
      ':',
      'https:',
      'svc.example',
      '%2e',
    );
    const scope = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(''));
    const scopes = fc.oneof(fc.array(scope, { maxLength: 3 }), fc.anything());
    fc.assert(
      fc.property(scopes, fc.oneof(fc.constant(undefined), fc.record({ origins: fc.anything() })), (given, options) => {
        try {
          const rule = parse(given, options);
          expect(rule.scopes.every((resolved) => resolved.startsWith(SCOPE))).toBe(true);
          expect(rule.origins.length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('matchesRule', () => {
  const rule = parse(['/app/font', '/app/x/'], { origins: ['https://a.example', 'https://b.example'] });

  it.each([
    ['/app/font', 'https://a.example', true],
    ['/app/font/a.woff2', 'https://b.example', true],
    ['/app/fonts.css', 'https://a.example', true],
    ['/app/font?x', 'https://a.example', true],
    ['/app/x/y', 'https://a.example', true],
    ['/app/x', 'https://a.example', false],
    ['/app/Font', 'https://a.example', false],
    ['/app/', 'https://a.example', false],
    ['/app/font', 'https://c.example', false],
    ['/app/font', 'https://a.example.evil', false],
    ['/app/font', 'http://a.example', false],
    ['/app/font', '*', false],
  ])('of %s for %s is %s', (path, origin, isMatch) => {
    expect(matchesRule(rule, `https://svc.example${path}`, origin)).toBe(isMatch);
  });

  it('is for all origins where the rule is, and for no URL where it has no scopes', () => {
    expect(matchesRule(parse(['/app/']), `${SCOPE}x`, 'https://any.example')).toBe(true);
    expect(matchesRule(parse([]), `${SCOPE}x`, 'https://any.example')).toBe(false);
  });

  it('compares scopes as plain prefixes', () => {
    const path = fc.stringMatching(/^[a-c/]{0,6}$/);
    fc.assert(
      fc.property(fc.array(path, { maxLength: 3 }), path, (prefixes, requested) => {
        const scopes = prefixes.map((prefix) => SCOPE + prefix);
        const isCovered = prefixes.some((prefix) => requested.startsWith(prefix));
        expect(matchesRule({ scopes, origins: ['*'] }, SCOPE + requested, 'https://a.example')).toBe(isCovered);
      }),
    );
  });
});
