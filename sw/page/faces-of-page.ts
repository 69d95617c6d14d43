import { bring } from './bring.ts';
import { type Face, lackOf } from './face.ts';
import { matchFaces } from './match-face.ts';
import { delay, track } from './progress.ts';

/** Between batches of a face, so that one takes all that comes at about the same time. */
const GATHER_MS = 100;
/** Before a batch that has failed is tried again; then only when the page changes, or the browser is online again. */
const RETRIES_MS = [1000, 5000];

/** By the folder of their files. */
export const facesOfPage = new Map<string, Face>();
/** Notes what a text needs; by what decides which faces draw it. */
const pens = new Map<string, (text: string) => void>();

/** Adds the faces that the page does not have yet; then all that it shows must be read again. */
export function addFaces(faces: ReadonlyMap<string, Face>): void {
  for (const [folder, face] of faces) if (!facesOfPage.has(folder)) facesOfPage.set(folder, face);
  pens.clear();
}

/** Notes what the faces of the page need to draw a text in a computed style. */
export function note(text: string, style: CSSStyleDeclaration): void {
  const { fontFamily, fontWeight, fontStyle, writingMode, textTransform } = style;
  const key = [fontFamily, fontWeight, fontStyle, writingMode, textTransform].join();
  let pen = pens.get(key);
  if (!pen) {
    const faces = matchFaces([...facesOfPage.values()], fontFamily, Number(fontWeight), fontStyle);
    pen = createPen(faces, writingMode.startsWith('v'), textTransform !== 'none');
    pens.set(key, pen);
  }
  pen(text);
}

/** Each codepoint is drawn with the first face that has it. */
function createPen(faces: readonly Face[], isVertical: boolean, isTransformed: boolean): (text: string) => void {
  const seen = new Set<number>();
  return (text) => {
    if (!faces.length) return;
    if (isTransformed) text += text.toUpperCase() + text.toLowerCase();
    for (let index = 0; index < text.length; index++) {
      const codepoint = text.codePointAt(index) as number;
      if (codepoint > 0xffff) index++;
      if (seen.has(codepoint)) continue;
      seen.add(codepoint);
      const face = faces.find(({ places }) => places[codepoint]);
      face?.shown.add(codepoint);
      if (face && isVertical) face.suffix = 'v';
    }
  };
}

/** Has the faces bring what they lack. */
export function bringAll(): void {
  for (const face of facesOfPage.values()) if (!face.isRunning && lackOf(face).size) track((done) => run(face, done));
}

/** Brings what a face lacks, one batch after the other. */
async function run(face: Face, done: () => void): Promise<void> {
  face.isRunning = true;
  for (let failures = 0; lackOf(face).size && failures <= RETRIES_MS.length; ) {
    if (failures || face.brought.size) await delay(RETRIES_MS[failures - 1] ?? GATHER_MS);
    const lack = lackOf(face);
    await bring(face, lack, failures > 0);
    failures = lack.size && failures + 1;
    if (failures) done();
  }
  face.isRunning = false;
  done();
}
