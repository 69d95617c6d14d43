import { composeSyllable, finals, initials, vowels } from './compose-syllable.ts';

/** Letters of one place in the syllable, with the one chosen at first. */
type Place = { readonly name: string; readonly letters: readonly string[]; readonly chosen: number };

/** Together: 한. */
const places: readonly Place[] = [
  { name: '첫소리', letters: initials, chosen: 18 },
  { name: '가운뎃소리', letters: vowels, chosen: 0 },
  { name: '끝소리', letters: finals, chosen: 4 },
];

/** Fills the composer: a case of letters for each place, and the syllable that the chosen ones make. */
function startComposer(root: HTMLElement): void {
  const result = document.createElement('output');
  const form = document.createElement('form');
  form.append(...places.map(createCase));
  const update = () => {
    const chosen = new FormData(form);
    const [initial = 0, vowel = 0, final = 0] = places.map((place) => Number(chosen.get(place.name)));
    const syllable = composeSyllable(initial, vowel, final);
    result.replaceChildren(createGlyph(syllable), formatCodepoint(syllable));
  };
  form.addEventListener('change', update);
  form.addEventListener('submit', (event) => event.preventDefault());
  update();
  root.append(result, form);
  root.hidden = false;
}

function createCase(place: Place): Element {
  const fieldset = document.createElement('fieldset');
  const legend = document.createElement('legend');
  legend.textContent = place.name;
  fieldset.append(legend, ...place.letters.map((letter, index) => createLetter(place, letter, index)));
  return fieldset;
}

function createLetter(place: Place, letter: string, index: number): Element {
  const input = document.createElement('input');
  input.type = 'radio';
  input.name = place.name;
  input.value = String(index);
  input.defaultChecked = index === place.chosen;
  input.autocomplete = 'off';
  const label = document.createElement('label');
  label.append(input, letter === '' ? createNone() : letter);
  return label;
}

function createNone(): Element {
  const none = document.createElement('small');
  none.textContent = '없음';
  return none;
}

function createGlyph(syllable: string): Element {
  const glyph = document.createElement('b');
  glyph.textContent = syllable;
  return glyph;
}

function formatCodepoint(syllable: string): string {
  return `U+${(syllable.codePointAt(0) ?? 0).toString(16).toUpperCase()}`;
}

const root = document.querySelector<HTMLElement>('[data-composer]');
if (root) startComposer(root);
