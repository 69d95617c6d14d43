import { VOCABULARY_CLASS } from './vocabulary.ts';

/** The codepoints that a page draws, by face (`noto-sans-jp-400`). */
export type DrawnText = ReadonlyMap<string, ReadonlySet<number>>;

/** The families whose text is counted; each has the weights 400 and 700. */
const countedFamily = /^noto-sans-(jp|kr|tc|sc)$/;
/** Between 400 and 700, CSS takes the lighter one up to 500. */
const LIGHTER_UP_TO = 500;

/**
 * Reads which codepoints the text below an element is drawn with, in the demo's faces.
 *
 * Spaces, generated content and the values of form fields are left out: then a comparison counts too little for others
 * rather than for us.
 */
export function readDrawnText(root: Element): DrawnText {
  const drawn = new Map<string, Set<number>>();
  const faces = new Map<Element, string | undefined>();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const { parentElement, nodeValue } = node;
    if (parentElement === null || nodeValue === null) continue;
    if (!faces.has(parentElement)) faces.set(parentElement, findFace(parentElement));
    const face = faces.get(parentElement);
    if (face !== undefined) addCodepoints(drawn, face, nodeValue);
  }
  return drawn;
}

/** Counts the different codepoints of all faces, one that is drawn in two weights once. */
export function countCodepoints(drawn: DrawnText): number {
  return new Set([...drawn.values()].flatMap((codepoints) => [...codepoints])).size;
}

function findFace(element: Element): string | undefined {
  if (!element.checkVisibility() || element.closest(`.${VOCABULARY_CLASS}`)) return undefined;
  const { fontFamily, fontWeight } = getComputedStyle(element);
  const families = fontFamily.split(',').map((name) => name.trim().replaceAll(/["']/g, '').toLowerCase());
  const family = families.map((name) => name.replaceAll(' ', '-')).find((name) => countedFamily.test(name));
  return family && `${family}-${Number(fontWeight) <= LIGHTER_UP_TO ? 400 : 700}`;
}

function addCodepoints(drawn: Map<string, Set<number>>, face: string, text: string): void {
  const codepoints = drawn.get(face) ?? new Set();
  for (const character of text) if (character.trim() !== '') codepoints.add(character.codePointAt(0) ?? 0);
  drawn.set(face, codepoints);
}
