/** What matching reads of a face. */
type MatchableFace = { readonly family: string; readonly weight: string; readonly style: string };

/** Splits a `font-family` at its commas, as browsers write it: with double quotes, which names lose. */
export function parseFamilies(list: string): readonly string[] {
  return Array.from(list.matchAll(/"([^"]*)"|[^,\s][^,]*/g), ([plain, quoted]) => (quoted ?? plain).trim());
}

/**
 * Finds the faces that draw a text, by computed values: of each family in order the face of the nearest style and weight.
 *
 * @see https://www.w3.org/TR/css-fonts-4/#font-style-matching
 */
export function matchFaces<F extends MatchableFace>(
  faces: readonly F[],
  families: string,
  weight: number,
  style: string,
): readonly F[] {
  // Oblique text is rather drawn italic than upright.
  const isSlanted = style !== 'normal';
  const styleDistance = (face: F) => (face.style === style ? 0 : isSlanted && face.style !== 'normal' ? 5e3 : 1e4);
  const distance = (face: F) => distanceOf(face.weight, weight) + styleDistance(face);
  return parseFamilies(families).flatMap((family) => {
    const members = faces.filter((face) => face.family.toLowerCase() === family.toLowerCase());
    return members.sort((a, b) => distance(a) - distance(b)).slice(0, 1);
  });
}

/** How far a face's weight or range of weights is from the one asked for; thousands say how good its direction is. */
function distanceOf(range: string, weight: number): number {
  const [least = weight, most = least] = range.split(' ').map(Number);
  if (weight > most) return weight - most + 1e3;
  const isNear = weight > 500 || (weight >= 400 && least <= 500);
  return weight < least ? least - weight + (isNear ? 0 : 2e3) : 0;
}
