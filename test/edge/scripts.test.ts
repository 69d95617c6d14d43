import { env } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { ask, ORIGIN } from './support/ask.ts';

describe('GET /sw.js', () => {
  it('answers with the built script, which may control the whole origin', async () => {
    const response = await ask('/sw.js');
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=0, must-revalidate',
      'content-type': 'text/javascript; charset=utf-8',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'cross-origin',
      etag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
      'service-worker-allowed': '/',
      'timing-allow-origin': '*',
      'x-content-type-options': 'nosniff',
    });
    expect(response.headers.has('Set-Cookie')).toBe(false);
    const script = await response.text();
    expect(script).toBe(await (await env.ASSETS.fetch(`${ORIGIN}/sw.js`)).text());
    expect(script).toContain('addEventListener');
    expect(script).not.toContain('process.env');
  });

  it('answers 304 to its own ETag, and asks to install nothing', async () => {
    const { headers } = await ask('/sw.js');
    const response = await ask('/sw.js', { headers: { 'If-None-Match': headers.get('ETag') ?? '' } });
    expect(response.status).toBe(304);
    expect(headers.has('Service-Worker-Script')).toBe(false);
  });

  it('answers HEAD with the length of the script', async () => {
    const [get, head] = [await ask('/sw.js'), await ask('/sw.js', { method: 'HEAD' })];
    expect(head.headers.get('Content-Length')).toBe(String((await get.arrayBuffer()).byteLength));
    expect(await head.text()).toBe('');
  });
});

describe('GET /.well-known/navigator-connect', () => {
  it('answers with the bridge, which pages with COEP may frame', async () => {
    const response = await ask('/.well-known/navigator-connect');
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    });
    expect(response.headers.has('X-Frame-Options')).toBe(false);
    expect(await response.text()).toMatch(/^<!doctype html><script>/);
  });
});

describe('GET /typecase.js', () => {
  it('may be kept as long as the stylesheets that it comes with', async () => {
    const response = await ask('/typecase.js');
    expect(response.headers.get('Cache-Control')).toBe('public, max-age=3600, stale-while-revalidate=604800');
    expect(response.headers.get('Vary')).toBe('Accept-Encoding');
  });
});

describe('other scripts', () => {
  it.each(['/nothing.js', '/nothing.js?sw.js'])('are answered with 404 that is not stored: %s', async (path) => {
    const response = await ask(path);
    expect([response.status, response.headers.get('Cache-Control')]).toEqual([404, 'no-store']);
    expect(await response.text()).toBe('404: There is no script /nothing.js.\n');
  });
});
