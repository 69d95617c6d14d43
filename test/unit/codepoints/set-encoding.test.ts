import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codepointSetOf, EMPTY_CODEPOINT_SET } from '../../../font-service/codepoints/codepoint-set.ts';
import {
  formatSet,
  MAX_SET_CHARACTERS,
  MAX_SET_CODEPOINTS,
  parseSet,
} from '../../../font-service/codepoints/set-encoding.ts';
import { codepointSets } from '../../support/arbitrary-codepoints.ts';
import { refusalOf } from '../../support/refusal-of.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const letter = fc.constantFrom(...ALPHABET);

/** Writes bits the way the encoding does, to spell what formatSet never would. */
function spell(parameter: number, bits: string): string {
  const filled = bits.padEnd(Math.ceil(bits.length / 6) * 6, '1');
  const letters = filled.match(/.{6}/g) ?? [];
  return ALPHABET[parameter] + letters.map((six) => ALPHABET[Number.parseInt(six, 2)]).join('');
}

const escaped = (gap: number) => `11111111${gap.toString(2).padStart(21, '0')}`;

describe('formatSet', () => {
  it.each([
    [[0], `A${ALPHABET[0b011111]}`],
    [[0, 1, 2, 3, 4, 5], `A${ALPHABET[0]}`],
    [[3], spell(1, '101')],
  ])('spells %j as %s', (members, text) => {
    expect(formatSet(codepointSetOf(members))).toBe(text);
  });

  it('takes the smallest of the parameters that are equally short', () => {
    // Gap 2 alone: k = 0 gives 110, k = 1 gives 100: both 3 bits.
    expect(formatSet(codepointSetOf([2]))).toBe(spell(0, '110'));
  });

  it('escapes a jump between blocks instead of choosing a parameter for it', () => {
    const crowd = Array.from({ length: 100 }, (_, index) => index);
    const text = formatSet(codepointSetOf([...crowd, 0x20bb7]));
    expect(text).toBe(spell(0, '0'.repeat(100) + escaped(0x20bb7 - 100)));
  });

  it('takes about 9 bits a codepoint for common Han', () => {
    const set = codepointSetOf(Array.from({ length: 500 }, (_, index) => 0x4e00 + ((index * 7919) % 20992)));
    expect(formatSet(set).length).toBeLessThan((500 * 9) / 6);
  });

  it('refuses the empty set', () => {
    expect(refusalOf(() => formatSet(EMPTY_CODEPOINT_SET))).toMatchObject({ code: 'bad-codepoint-set' });
  });

  it('takes as many codepoints as the limit, and not one more', () => {
    const members = Array.from({ length: MAX_SET_CODEPOINTS + 1 }, (_, index) => 0x4e00 + index);
    const most = codepointSetOf(members.slice(0, MAX_SET_CODEPOINTS));
    expect(parseSet(formatSet(most))).toEqual(most);
    expect(refusalOf(() => formatSet(codepointSetOf(members)))?.message).toContain(
      `${MAX_SET_CODEPOINTS} is the limit`,
    );
  });

  it('needs no more characters than the limit, however the most codepoints are spread', () => {
    const step = Math.floor(0x10ffff / MAX_SET_CODEPOINTS);
    const spreads = [
      (index: number) => index * step,
      (index: number) => index * step + (index % 2) * (step - 1),
      (index: number) => index * step + ((index * 7919) % step),
      (index: number) => (index < MAX_SET_CODEPOINTS / 2 ? index : index * step),
    ];
    for (const spread of spreads) {
      const set = codepointSetOf(Array.from({ length: MAX_SET_CODEPOINTS }, (_, index) => spread(index)));
      expect(formatSet(set).length).toBeLessThanOrEqual(MAX_SET_CHARACTERS);
    }
  });
});

describe('parseSet', () => {
  it('reads back what formatSet writes, in the alphabet of URLs', () => {
    fc.assert(
      fc.property(codepointSets({ minLength: 1, maxLength: 300 }), (set) => {
        const text = formatSet(set);
        expect(text).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(parseSet(text)).toEqual(set);
      }),
    );
  });

  it('knows one spelling of a set: any text is refused or is what formatSet writes', () => {
    fc.assert(
      fc.property(fc.string({ unit: letter, maxLength: 24 }), (text) => {
        expectOneSpelling(text);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes a changed, lost, doubled or added letter for another set or for none', () => {
    const change = fc.record({ at: fc.nat(400), letter, kind: fc.constantFrom('replace', 'insert', 'delete', 'swap') });
    fc.assert(
      fc.property(codepointSets({ minLength: 1, maxLength: 80 }), change, (set, { at, letter: other, kind }) => {
        const text = formatSet(set);
        const place = at % text.length;
        const [before, after] = [text.slice(0, place), text.slice(place + 1)];
        const changed = {
          replace: before + other + after,
          insert: before + other + text[place] + after,
          delete: before + after,
          swap: before + (after[0] ?? '') + text[place] + after.slice(1),
        }[kind];
        if (changed === text) return;
        const read = expectOneSpelling(changed);
        if (read !== undefined) expect([...read]).not.toEqual([...set]);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['nothing', ''],
    ['a parameter alone', 'A'],
    ['a parameter above U', 'VAAA'],
    ['filling alone', 'A_'],
    ['a letter of plain base64', 'A+/='],
    ['a percent escape', 'A%41'],
    ['a letter outside ASCII', 'Aあ'],
    ['a lone surrogate in the text', 'A\ud800'],
    ['a codepoint cut off in its low bits', spell(20, '0'.repeat(6))],
    ['an escape cut off', spell(0, '111111110000')],
    ['a longer parameter than needed', spell(3, '0000')],
    ['an escape where none is needed', spell(0, escaped(5))],
    ['more filling than one letter', `${spell(0, '0')}_`],
    ['a high surrogate', spell(0, escaped(0xd800))],
    ['a low surrogate', spell(0, escaped(0xdfff))],
    ['a codepoint above U+10FFFF', spell(0, escaped(0x110000))],
    ['a gap that leads above U+10FFFF', spell(0, escaped(0x10ffff) + escaped(0))],
  ])('refuses %s', (_, text) => {
    expect(refusalOf(() => parseSet(text))?.code).toBe('bad-codepoint-set');
  });

  it('says which codepoint is none', () => {
    expect(refusalOf(() => parseSet(spell(0, escaped(0xd800))))?.message).toContain('U+D800');
  });

  it('throws nothing but bad-codepoint-set for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect([undefined, 'bad-codepoint-set']).toContain(refusalOf(() => parseSet(text))?.code);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['ten million letters', 'A'.repeat(10_000_000)],
    ['as many codepoints as fit the letters', 'A'.repeat(MAX_SET_CHARACTERS)],
    ['as many escapes as fit the letters', `A${'_'.repeat(MAX_SET_CHARACTERS - 1)}`],
  ])('refuses %s within 50 ms', (_, text) => {
    const before = performance.now();
    expect(refusalOf(() => parseSet(text))?.code).toBe('bad-codepoint-set');
    expect(performance.now() - before).toBeLessThan(50);
  });

  function expectOneSpelling(text: string) {
    const refusal = refusalOf(() => parseSet(text));
    if (refusal !== undefined) {
      expect(refusal.code).toBe('bad-codepoint-set');
      return undefined;
    }
    const set = parseSet(text);
    expect(formatSet(set)).toBe(text);
    return set;
  }
});
