import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exposeResponse, type ForeignAnswer } from '../../../../sw/platform/decisions/expose-response.ts';

const CLIENT = 'https://site.example';
const OTHER = 'https://other.example';
const ALL_ALLOWED = ['Access-Control-Allow-Origin', '*'] as const;

function expose(answer: Partial<ForeignAnswer>, mode = 'cors') {
  return exposeResponse({ type: 'default', headers: [], ...answer }, mode, CLIENT);
}

function visibleNames(answer: Partial<ForeignAnswer>) {
  const exposure = expose(answer);
  return exposure.verdict === 'answer' ? exposure.headers.map(([name]) => name) : exposure.verdict;
}

describe('exposeResponse', () => {
  it.each([
    [{ headers: [ALL_ALLOWED] }],
    [{ headers: [['access-control-allow-origin', CLIENT] as const] }],
    [{ type: 'basic', headers: [ALL_ALLOWED] }],
    [{ type: 'cors', headers: [ALL_ALLOWED] }],
    [{ origin: '*' }],
    [{ origin: CLIENT }],
    [{ origin: CLIENT, headers: [['access-control-allow-origin', OTHER] as const] }],
    [{ origin: CLIENT, exposedHeaders: [] }],
  ])('gives %j to requests of any mode', (answer) => {
    expect(expose(answer, 'cors').verdict).toBe('answer');
    expect(expose(answer, 'no-cors').verdict).toBe('answer');
  });

  it.each([
    [{}],
    [{ headers: [['access-control-allow-origin', OTHER] as const] }],
    [{ headers: [['access-control-allow-origin', 'null'] as const] }],
    [{ headers: [['access-control-allow-origin', `${CLIENT}, ${OTHER}`] as const] }],
    [{ type: 'opaque', headers: [] }],
    [{ type: 'opaque', origin: CLIENT }],
  ])('fails %j for CORS requests and leaves it to the network for others', (answer) => {
    expect(expose(answer, 'cors')).toEqual({ verdict: 'error' });
    expect(expose(answer, 'no-cors')).toEqual({ verdict: 'network' });
  });

  it.each([
    [{ type: 'error' }],
    [{ type: 'error', origin: CLIENT }],
    [{ origin: OTHER }],
    [{ origin: OTHER, headers: [ALL_ALLOWED] }],
    [{ origin: `${CLIENT}/` }],
    [{ exposedHeaders: ['x-a'] }],
    [{ exposedHeaders: [], headers: [ALL_ALLOWED] }],
  ])('fails %j for requests of any mode', (answer) => {
    expect(expose(answer, 'cors')).toEqual({ verdict: 'error' });
    expect(expose(answer, 'no-cors')).toEqual({ verdict: 'error' });
  });

  it('leaves redirects that nobody followed to the network', () => {
    expect(expose({ type: 'opaqueredirect', headers: [ALL_ALLOWED] })).toEqual({ verdict: 'network' });
  });

  const headers = [
    ALL_ALLOWED,
    ['Content-Type', 'text/plain'],
    ['Last-Modified', 'now'],
    ['X-A', '1'],
    ['X-B', '2'],
    ['Set-Cookie', 'a=b'],
    ['Set-Cookie2', 'a=b'],
    ['Access-Control-Expose-Headers', 'x-a'],
  ] as const;
  const safelisted = ['content-type', 'last-modified'];

  it('shows safelisted headers and those that the response exposes', () => {
    expect(visibleNames({ headers })).toEqual([...safelisted, 'x-a']);
  });

  it('shows safelisted headers and those named beside the response', () => {
    expect(visibleNames({ headers, origin: CLIENT, exposedHeaders: ['X-B'] })).toEqual([...safelisted, 'x-b']);
    expect(visibleNames({ headers, origin: CLIENT, exposedHeaders: [] })).toEqual(safelisted);
  });

  it('never shows cookies, even where all or they are exposed', () => {
    expect(visibleNames({ headers, origin: CLIENT, exposedHeaders: ['*', 'Set-Cookie'] })).not.toContain('set-cookie');
    expect(visibleNames({ headers, origin: CLIENT, exposedHeaders: ['*', 'set-cookie2'] })).toContain('x-b');
    expect(visibleNames({ headers, origin: CLIENT, exposedHeaders: ['set-cookie2'] })).toEqual(safelisted);
  });

  it('shows no header that is neither safelisted nor listed, and changes no value', () => {
    const name = fc.constantFrom('x-a', 'X-B', 'content-type', 'Pragma', 'set-cookie', 'x-c', '*');
    const some = fc.array(fc.tuple(name, fc.string()));
    fc.assert(
      fc.property(some, fc.array(name), (given, exposedHeaders) => {
        const exposure = expose({ headers: given, origin: CLIENT, exposedHeaders });
        if (exposure.verdict !== 'answer') throw new Error('There is no answer.');
        const listed = ['content-type', 'pragma', ...exposedHeaders.map((one) => one.toLowerCase())];
        const expected = given
          .map(([one, value]) => [one.toLowerCase(), value] as const)
          .filter(([one]) => one !== 'set-cookie' && (listed.includes(one) || listed.includes('*')));
        expect(exposure.headers).toEqual(expected);
      }),
    );
  });
});
