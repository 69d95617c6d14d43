import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerConditionally, etagOf } from '../../../server/conditional-get.ts';

const BYTES = new TextEncoder().encode('0123456789');
const ETAG = '"abc"';
const REPRESENTATION = { bytes: BYTES, headers: { ETag: ETAG, 'Content-Type': 'font/woff2' } };

function ask(headers: Record<string, string> = {}, method = 'GET', representation = REPRESENTATION): Response {
  return answerConditionally(new Request('https://fonts.example/x', { method, headers }), representation);
}

async function summarize(response: Response) {
  const { status, headers } = response;
  return [status, await response.text(), headers.get('Content-Range'), headers.get('Content-Length')];
}

describe('answerConditionally', () => {
  it('answers with the whole, its headers, its length, and that it takes ranges', async () => {
    const response = ask();
    expect(Object.fromEntries(response.headers)).toEqual({
      etag: ETAG,
      'content-type': 'font/woff2',
      'accept-ranges': 'bytes',
      'content-length': '10',
    });
    expect(await summarize(response)).toEqual([200, '0123456789', null, '10']);
  });

  it('answers HEAD with the headers alone', async () => {
    expect(await summarize(ask({}, 'HEAD'))).toEqual([200, '', null, '10']);
    expect(await summarize(ask({ Range: 'bytes=0-1' }, 'HEAD'))).toEqual([200, '', null, '10']);
    expect(ask({ 'If-None-Match': ETAG }, 'HEAD').status).toBe(304);
  });

  it.each([ETAG, `W/${ETAG}`, '*', `"x", ${ETAG}`, `"x",W/${ETAG} ,"y"`])(
    'answers 304 to If-None-Match: %s',
    async (tags) => {
      const response = ask({ 'If-None-Match': tags, Range: 'bytes=0-1' });
      expect([response.status, response.headers.get('ETag'), await response.text()]).toEqual([304, ETAG, '']);
    },
  );

  it.each(['"x"', 'abc', '"abc', '"ABC"', ''])('answers 200 to If-None-Match: %s', (tags) => {
    expect(ask({ 'If-None-Match': tags }).status).toBe(200);
  });

  it.each([
    ['bytes=0-0', '0', 'bytes 0-0/10'],
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=0-', '0123456789', 'bytes 0-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=-99', '0123456789', 'bytes 0-9/10'],
    [' bytes=9-9 ', '9', 'bytes 9-9/10'],
  ])('answers 206 to Range: %s', async (range, body, contentRange) => {
    expect(await summarize(ask({ Range: range }))).toEqual([206, body, contentRange, String(body.length)]);
  });

  it.each(['bytes=10-', 'bytes=10-12', 'bytes=999999999999999-', 'bytes=-0'])(
    'answers 416 to Range: %s',
    async (range) => {
      expect(await summarize(ask({ Range: range }))).toEqual([416, '', 'bytes */10', null]);
    },
  );

  it.each([
    'bytes=0-1,4-5',
    'bytes=4-2',
    'bytes=-',
    'bytes=',
    'bytes=a-b',
    'bytes=0x1-2',
    'lines=0-1',
    'bytes=1-2-3',
    'bytes=-1-2',
  ])('answers the whole to Range: %s', (range) => {
    expect(ask({ Range: range }).status).toBe(200);
  });

  it('answers 416 to any range of nothing', () => {
    const empty = { bytes: new Uint8Array(0), headers: REPRESENTATION.headers };
    for (const range of ['bytes=0-', 'bytes=-5']) expect(ask({ Range: range }, 'GET', empty).status).toBe(416);
    expect(ask({}, 'GET', empty).status).toBe(200);
  });

  it('answers a range of the version that If-Range names, compared strongly, and else the whole', () => {
    const statusFor = (version: string) => ask({ Range: 'bytes=0-1', 'If-Range': version }).status;
    expect([ETAG, `W/${ETAG}`, '"x"', 'Sat, 22 Nov 2025 00:00:00 GMT'].map(statusFor)).toEqual([206, 200, 200, 200]);
  });

  it('answers with exactly the bytes of a range, whichever it is', async () => {
    const bound = fc.option(fc.nat(14), { nil: undefined });
    const property = fc.asyncProperty(bound, bound, async (from, to) => {
      const response = ask({ Range: `bytes=${from ?? ''}-${to ?? ''}` });
      const body = await response.text();
      if (response.status === 206) {
        const start = from ?? 10 - Math.min(to ?? 0, 10);
        expect(body).toBe('0123456789'.slice(start, from === undefined ? 10 : (to ?? 9) + 1));
        expect(body).not.toBe('');
      } else expect([response.status, body]).toEqual(response.status === 416 ? [416, ''] : [200, '0123456789']);
    });
    await fc.assert(property, { numRuns: 300 });
  });
});

describe('etagOf', () => {
  it('is half of the SHA-256, in quotes', async () => {
    const sha256 = async (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
    expect(await etagOf(BYTES, sha256)).toBe('"84d89877f0d4041efb6bf91a16f0248f"');
  });
});
