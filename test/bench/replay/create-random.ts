/** Gives numbers from 0 to below 1. */
export type Random = () => number;

/**
 * Creates a generator whose numbers hang on nothing but its keys: equal keys, equal numbers.
 *
 * The keys are hashed by FNV-1a into the state of Mulberry32, which is good enough for drawing pages.
 */
export function createRandom(...keys: readonly (string | number)[]): Random {
  let state = 0x811c9dc5;
  for (const character of keys.join('\0')) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from 0 to below `count`. */
export function drawIndex(random: Random, count: number): number {
  return Math.floor(random() * count);
}

/** The values in an order drawn by chance (Fisher-Yates). */
export function shuffle<T>(values: readonly T[], random: Random): readonly T[] {
  const shuffled = [...values];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = drawIndex(random, last + 1);
    const [a, b] = [shuffled[last] as T, shuffled[other] as T];
    shuffled[last] = b;
    shuffled[other] = a;
  }
  return shuffled;
}
