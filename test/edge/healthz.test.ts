import { SELF } from 'cloudflare:test';
import { describe, expect, inject, it } from 'vitest';

describe('/healthz', () => {
  it('answers', async () => {
    const pack = Uint8Array.from(atob(inject('smallPack')), (character) => character.charCodeAt(0));
    const put = await SELF.fetch('http://fonts.example/v1/admin/faces/noto-sans-jp-400', { method: 'PUT', headers: { Authorization: 'Bearer token-of-the-tests' }, body: pack });
    expect(await put.json()).toMatchObject({ face: 'noto-sans-jp-400' });
    const response = await SELF.fetch('http://fonts.example/healthz');
    expect(await response.json()).toEqual({ status: 'ok', faces: 1 });
  });
});
