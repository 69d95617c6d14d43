import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codepointSetOfText } from '../../../../font-service/codepoints/codepoint-set.ts';
import { deltaNamesOf } from '../../../../sw/fonts/delta-names.ts';
import { MAX_ASKED_CODEPOINTS, MAX_FILES, MAX_FONT_BYTES } from '../../../../sw/fonts/limits.ts';
import { parseAsk } from '../../../../sw/fonts/protocol.ts';
import { BUILD, createFont, FACE } from './fake-storage.ts';

const find = {
  ask: 'find',
  id: 7,
  face: FACE,
  build: BUILD,
  files: ['base-0', 'base-2v'],
  codepoints: codepointSetOfText('山川'),
};
const [DELTA = ''] = deltaNamesOf(codepointSetOfText('山川'));
const keep = { ask: 'keep', face: FACE, build: BUILD, file: DELTA, bytes: createFont(100) };

describe('parseAsk', () => {
  it('takes what pages say', () => {
    expect(parseAsk(find)).toEqual(find);
    expect(parseAsk({ ...find, ask: 'fetch', files: [] })).toEqual({ ...find, ask: 'fetch', files: [] });
    expect(parseAsk(keep)).toEqual(keep);
    expect(parseAsk({ ...keep, file: 'base-0' })).toEqual({ ...keep, file: 'base-0' });
  });

  it('makes a set of the codepoints, whatever their order', () => {
    const codepoints = Uint32Array.of(0x5ddd, 0x5c71, 0xd800, 0x5ddd, 0x110000, 0xffffffff);
    expect(parseAsk({ ...find, codepoints })).toMatchObject({ codepoints: codepointSetOfText('山川') });
  });

  it('takes each file once, and nothing else that a message carries', () => {
    const said = { ...find, files: ['base-0', 'base-0'], origin: 'https://site.example' };
    expect(parseAsk(said)).toEqual({ ...find, files: ['base-0'] });
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'find'],
    ['an unknown ask', { ...find, ask: 'drop' }],
    ['no id', { ...find, id: undefined }],
    ['an id that is no number', { ...find, id: '7' }],
    ['a face in a list', { ...find, face: [FACE] }],
    ['a face with a path', { ...find, face: `../${FACE}` }],
    ['no build', { ...find, build: '' }],
    ['a build and a file in one', { ...find, build: `${BUILD}/d`, files: [] }],
    ['a file that is a delta', { ...find, files: [DELTA] }],
    ['a file that is a slice', { ...find, files: ['s/01234567/1'] }],
    ['a file that is no text', { ...find, files: [['base-0']] }],
    ['files that are no list', { ...find, files: { length: 1, 0: 'base-0' } }],
    ['too many files', { ...find, files: Array(MAX_FILES + 1).fill('base-0') }],
    ['codepoints in a list', { ...find, codepoints: [1, 2] }],
    ['codepoints in another array', { ...find, codepoints: new Float64Array(2) }],
    ['too many codepoints', { ...find, codepoints: new Uint32Array(MAX_ASKED_CODEPOINTS + 1) }],
    ['a font without a name', { ...keep, file: undefined }],
    ['a slice to keep', { ...keep, file: 's/01234567/1' }],
    ['another spelling of a delta', { ...keep, file: `${DELTA}_` }],
    ['an endless delta', { ...keep, file: `d/${'A'.repeat(100_000)}` }],
    ['bytes in an array', { ...keep, bytes: new Uint8Array(createFont(100)) }],
    ['bytes of something else', { ...keep, bytes: new ArrayBuffer(100) }],
    ['bytes that were cut off', { ...keep, bytes: createFont(100).slice(0, 99) }],
    ['bytes of no length', { ...keep, bytes: new ArrayBuffer(0) }],
    ['too many bytes', { ...keep, bytes: createFont(MAX_FONT_BYTES + 1) }],
  ])('does not take %s', (_, said) => {
    expect(parseAsk(said)).toBeUndefined();
  });

  it('never throws, and takes nothing beyond its limits', () => {
    const odd = fc.oneof(
      fc.anything(),
      fc.uint32Array(),
      fc.constant(createFont(60)),
      fc.constantFrom(...Object.values(find)),
    );
    const message = fc.record(
      {
        ask: fc.oneof(fc.constantFrom('find', 'fetch', 'keep'), odd),
        id: fc.oneof(fc.integer(), odd),
        face: fc.oneof(fc.constant(FACE), odd),
        build: fc.oneof(fc.constant(BUILD), odd),
        files: fc.oneof(fc.array(fc.oneof(fc.stringMatching(/^base-\d$/), odd)), odd),
        codepoints: odd,
        file: odd,
        bytes: odd,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(message, odd), (said) => {
        const ask = parseAsk(said);
        if (!ask) return;
        expect([ask.face, ask.build]).toEqual([FACE, BUILD]);
        if (ask.ask === 'keep') expect(ask.bytes).toBeInstanceOf(ArrayBuffer);
        else for (const file of ask.files) expect(file).toMatch(/^base-\d{1,3}v?$/);
      }),
    );
  });
});
