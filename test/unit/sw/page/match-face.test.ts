import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchFaces, parseFamilies } from '../../../../sw/page/match-face.ts';

function face(family: string, weight: string, style = 'normal') {
  return { family, weight, style };
}

describe('families', () => {
  it('lose their quotes, not their commas', () => {
    expect(parseFamilies('"Two, too", Noto Sans,sans-serif')).toEqual(['Two, too', 'Noto Sans', 'sans-serif']);
    expect(parseFamilies('')).toEqual([]);
  });

  it('are those that a browser has written', () => {
    const quoted = fc.stringMatching(/^[^"\\\s]([^"\\]{0,9}[^"\\\s])?$/).map((name) => ({ name, text: `"${name}"` }));
    const plain = fc.stringMatching(/^[A-Za-z][\w-]{0,9}( [A-Za-z]{1,5})?$/).map((name) => ({ name, text: name }));
    fc.assert(
      fc.property(fc.array(fc.oneof(quoted, plain)), fc.constantFrom(',', ', '), (families, comma) => {
        const list = families.map(({ text }) => text).join(comma);
        expect(parseFamilies(list)).toEqual(families.map(({ name }) => name));
      }),
    );
  });

  it('are texts without space around them, whatever the list', () => {
    const list = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^["', \\a]*$/));
    fc.assert(
      fc.property(list, (list) => {
        for (const family of parseFamilies(list)) expect(family).toBe(family.trim());
      }),
    );
  });
});

describe('matching', () => {
  const faces = ['300', '400', '500', '700', '900'].map((weight) => face('One', weight));
  const weightFor = (weight: number, of = faces) => matchFaces(of, 'One', weight, 'normal')[0]?.weight;
  const without = (...weights: string[]) => faces.filter(({ weight }) => !weights.includes(weight));

  it('takes the weight itself, or the range around it', () => {
    expect(weightFor(700)).toBe('700');
    expect(weightFor(350, [face('One', '100 390'), face('One', '400')])).toBe('100 390');
  });

  it('takes the next by the rules of CSS', () => {
    expect(weightFor(400, without('400'))).toBe('500');
    expect(weightFor(400, without('400', '500'))).toBe('300');
    expect(weightFor(450, without('500'))).toBe('400');
    expect(weightFor(500, without('500'))).toBe('400');
    expect(weightFor(400, without('300', '400', '500'))).toBe('700');
    expect(weightFor(200)).toBe('300');
    expect(weightFor(350)).toBe('300');
    expect(weightFor(600)).toBe('700');
    expect(weightFor(1000)).toBe('900');
  });

  it('agrees with the order that CSS spells out, and leaves the faces as they are', () => {
    const weights = fc.uniqueArray(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(
        weights,
        fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.constantFrom(399, 400, 500, 501)),
        (all, asked) => {
          const up = all.filter((weight) => weight >= asked).sort((a, b) => a - b);
          const down = all.filter((weight) => weight < asked).sort((a, b) => b - a);
          const near = up.filter((weight) => weight <= 500);
          const inMiddle = [...near, ...down, ...up];
          const outside = asked < 400 ? [...up.filter((weight) => weight === asked), ...down, ...up] : [...up, ...down];
          const of = all.map((weight) => face('One', `${weight}`));
          const before = [...of];
          expect(weightFor(asked, of)).toBe(`${(asked >= 400 && asked <= 500 ? inMiddle : outside)[0]}`);
          expect(of).toEqual(before);
        },
      ),
    );
  });

  it('looks at the style before the weight', () => {
    const both = [face('One', '400'), face('One', '700', 'italic')];
    expect(matchFaces(both, 'One', 400, 'italic')[0]?.style).toBe('italic');
    expect(matchFaces(both, 'One', 700, 'normal')[0]?.style).toBe('normal');
  });

  it('gives one face for each family, in their order and any case', () => {
    const two = [face('One', '400'), face('Two, too', '400'), face('One', '700')];
    expect(matchFaces(two, 'Arial, "two, TOO", one', 700, 'normal')).toEqual([two[1], two[2]]);
    expect(matchFaces(two, 'Arial', 700, 'normal')).toEqual([]);
  });
});

describe('oblique text', () => {
  it('is drawn with an italic face rather than an upright one', () => {
    const faces = ['normal', 'italic'].map((style) => ({ family: 'One', weight: '400', style }));
    expect(matchFaces(faces, 'One', 400, 'oblique 14deg').map(({ style }) => style)).toEqual(['italic']);
  });
});
