import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { codepointSetOf, codepointSetOfText } from '../../font-service/codepoints/codepoint-set.ts';
import { formatSet, MAX_SET_CHARACTERS, parseSet } from '../../font-service/codepoints/set-encoding.ts';
import { parseUnicodeRange } from '../../font-service/codepoints/unicode-range.ts';
import { readPack, readPackExtent } from '../../font-service/pack/pack.ts';
import { ask } from './support/ask.ts';
import { providedPack } from './support/provided-pack.ts';
import { codepointsOfWoff2, readWoff2Tables } from './support/read-woff2.ts';
import { uploadPack } from './support/upload-pack.ts';

const pack = providedPack('laterPack');
const { meta, codepoints } = readPack(pack);
const FOLDER = `/font/${meta.face}/${meta.build}`;
const deltaPath = (values: Iterable<number>) => `${FOLDER}/d/${formatSet(codepointSetOf(values))}.woff2`;
const DELTA = deltaPath(codepointSetOfText('一丁七万三上下不世𠮟'));
const SLICE = `${FOLDER}/s/${meta.plan.id}/0.woff2`;

const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());
const fontAt = async (path: string) => {
  const response = await ask(path);
  expect([path, response.status]).toEqual([path, 200]);
  return bytesOf(response);
};

beforeAll(() => uploadPack(pack));

describe('a font answer', () => {
  it.each([
    ['base', `${FOLDER}/base-0.woff2`],
    ['vertical base', `${FOLDER}/base-0v.woff2`],
    ['slice', SLICE],
    ['delta', DELTA],
  ])('of a %s has the headers of the design, made or stored', async (_, path) => {
    for (const origin of ['made', 'stored']) {
      const response = await ask(path);
      const file = await bytesOf(response);
      expect(response.status).toBe(200);
      expect(Object.fromEntries(response.headers)).toEqual({
        'accept-ranges': 'bytes',
        'access-control-allow-origin': '*',
        'access-control-expose-headers': 'Service-Worker-Script, Service-Worker-Scope, Server-Timing, ETag',
        'cache-control': 'public, max-age=31536000, immutable',
        'content-length': String(file.length),
        'content-type': 'font/woff2',
        'cross-origin-resource-policy': 'cross-origin',
        etag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
        'server-timing': `edge;desc=${origin}, service-worker;desc="/sw.js"`,
        'service-worker-scope': '/',
        'service-worker-script': '/sw.js',
        'timing-allow-origin': '*',
        'x-content-type-options': 'nosniff',
      });
      expect(readWoff2Tables(file).size).toBeGreaterThan(8);
    }
  });

  it('is the same with any query', async () => {
    expect(await fontAt(`${DELTA}?v=2&display=swap`)).toEqual(await fontAt(DELTA));
    const answer = await ask(`${DELTA}?other`);
    expect(answer.headers.get('Server-Timing')).toBe('edge;desc=stored, service-worker;desc="/sw.js"');
    await answer.body?.cancel();
  });

  it('of a base is the file in the pack', async () => {
    const { coreBytes } = readPackExtent(pack);
    for (const { name, offset, length } of meta.files) {
      expect(await fontAt(`${FOLDER}/${name}.woff2`)).toEqual(
        pack.slice(coreBytes + offset, coreBytes + offset + length),
      );
    }
  });
});

describe('a base', () => {
  it.each(['', 'v'])('has exactly the codepoints of its range (base-n%s)', async (suffix) => {
    expect(meta.bases.length).toBeGreaterThan(1);
    for (const [number, { unicodeRange }] of meta.bases.entries()) {
      const file = await fontAt(`${FOLDER}/base-${number}${suffix}.woff2`);
      expect(codepointsOfWoff2(file)).toEqual([...parseUnicodeRange(unicodeRange)]);
    }
  });
});

describe('a delta', () => {
  it('maps exactly the codepoints that are asked for and that the face has', async () => {
    const codepoint = fc.oneof(
      fc.constantFrom(...codepoints),
      fc.integer({ min: 0, max: 0xd7ff }),
      fc.integer({ min: 0xe000, max: 0x10ffff }),
    );
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(codepoint, { minLength: 1, maxLength: 120 }), async (asked) => {
        const set = codepointSetOf(asked);
        expect(codepointsOfWoff2(await fontAt(deltaPath(set)))).toEqual(
          [...set].filter((value) => codepoints.includes(value)),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('has everything when all of the face is asked for', async () => {
    expect(codepointsOfWoff2(await fontAt(deltaPath(codepoints)))).toEqual([...codepoints]);
  });

  it('of nothing that the face has is a font of .notdef alone', async () => {
    const file = await fontAt(deltaPath([0x3400, 0x1f600]));
    expect(codepointsOfWoff2(file)).toEqual([]);
    expect(readWoff2Tables(file).get('maxp')?.getUint16(4)).toBe(1);
  });

  it('has the metrics of both directions and no layout', async () => {
    const tables = [...readWoff2Tables(await fontAt(DELTA)).keys()].sort();
    expect(tables).toEqual([
      'OS/2',
      'cmap',
      'glyf',
      'head',
      'hhea',
      'hmtx',
      'loca',
      'maxp',
      'name',
      'post',
      'vhea',
      'vmtx',
    ]);
  });

  it.each([
    ['an empty set', ''],
    ['a parameter alone', 'A'],
    ['a character beyond the alphabet', 'A!!'],
    ['padding', 'AA=='],
    ['a parameter beyond the limit', 'VAAA'],
    ['a longer parameter than needed', longerSpelling()],
    ['a set that is too long', `A${'A'.repeat(MAX_SET_CHARACTERS)}`],
    ['two sets', 'Bf/Bf'],
  ])('is refused for %s with 400 that is not stored', async (_, set) => {
    const response = await ask(`${FOLDER}/d/${set}.woff2`);
    expect(response.status).toBe(400);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(await response.text()).toMatch(/^400: .{20,}\n$/);
  });

  it('is answered with 200 for canonical sets and with 400 for everything else', async () => {
    const text = fc.string({ unit: fc.constantFrom(...'ABCDEFGHIJKabcdwxyz0189-_'), minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(text, async (set) => {
        expect((await ask(`${FOLDER}/d/${set}.woff2`)).status).toBe(isCanonical(set) ? 200 : 400);
      }),
      { numRuns: 40 },
    );
  });
});

/** U+0000 with parameter 1 needs a bit more than with 0. */
function longerSpelling(): string {
  expect(formatSet(codepointSetOf([0]))).toBe('Af');
  return 'BP';
}

function isCanonical(set: string): boolean {
  try {
    return parseSet(set).length > 0;
  } catch {
    return false;
  }
}

describe('what is not there', () => {
  it.each([
    ['face', '/font/no-such-face-400/0123456789/base-0.woff2', 'There is no face no-such-face-400; /v1/families lists'],
    ['build', `/font/${meta.face}/0000000000/base-0.woff2`, `the current one is ${meta.build}.`],
    ['build of a delta', `/font/${meta.face}/0000000000/d/Af.woff2`, `the current one is ${meta.build}.`],
    ['base', `${FOLDER}/base-63.woff2`, 'has no such file; its stylesheet names those it has.'],
    ['slice', `${FOLDER}/s/${meta.plan.id}/999.woff2`, 'has no such file'],
    ['plan', `${FOLDER}/s/00000000/0.woff2`, 'has no such file'],
  ])('is answered with 404 that says what is right: %s', async (_, path, explanation) => {
    const response = await ask(path);
    expect(response.status).toBe(404);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(response.headers.get('Content-Type')).toMatch(/^text\/plain/);
    expect(response.headers.get('Service-Worker-Script')).toBe('/sw.js');
    expect(await response.text()).toContain(explanation);
  });

  it.each([
    ['/font/', 'names no font file'],
    [`${FOLDER}/base-0`, 'names no font file'],
    [`${FOLDER}/base-00.woff2`, 'names no font file'],
    [`${FOLDER}/base-0.woff2/`, 'names no font file'],
    [`${FOLDER}//base-0.woff2`, 'names no font file'],
    [`/font/Noto/${meta.build}/base-0.woff2`, 'is no face'],
    [`/font/${meta.face}/${meta.build.toUpperCase()}A/base-0.woff2`, 'is no build'],
    [`${FOLDER}/s/ABCDEFGH/0.woff2`, 'is no plan'],
    [`${FOLDER}/base%2D0.woff2`, 'names no font file'],
    [DELTA.replace('/d/', '/%64/'), 'names no font file'],
  ])('is refused with 400 where the path is not one: %s', async (path, explanation) => {
    const response = await ask(path);
    expect([response.status, response.headers.get('Cache-Control')]).toEqual([400, 'no-store']);
    expect(await response.text()).toContain(explanation);
  });

  it('is not found by other methods', async () => {
    expect((await ask(DELTA, { method: 'POST', body: 'x' })).status).toBe(404);
  });
});
