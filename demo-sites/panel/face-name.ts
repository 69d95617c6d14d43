const regions = new Set(['jp', 'kr', 'sc', 'tc', 'hk']);

/** Spells a face id for people: `noto-sans-jp-400` is `Noto Sans JP 400`. */
export function formatFaceName(face: string): string {
  return face
    .split('-')
    .map((word) => (regions.has(word) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1)))
    .join(' ');
}
