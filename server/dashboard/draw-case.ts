import type { CodepointSet } from '../../font-service/codepoints/codepoint-set.ts';
import { type Deflate, writePng } from './write-png.ts';

const COLUMNS = 192;
/** A cell is five pixels and a gap: about as many as screens show of it. */
const CELL = 6;
const FILLED = 5;
/** The width of a full row, in pixels. */
export const CASE_WIDTH = COLUMNS * CELL - 1;

/** A compartment of the case: codepoints of a kind in order, one cell each. */
export type Compartment = {
  readonly title: string;
  readonly codepoints: number;
  /** Of them, those that enough sites have shown. */
  readonly seen: number;
  /** Two masks of the same size, as `data:` URLs: all cells; and the used ones, the denser the more. */
  readonly cells: string;
  readonly use: string;
  readonly width: number;
  readonly height: number;
};

/** The faintest is still seen. */
const OPACITIES = [0, ...Array.from({ length: 15 }, (_, level) => Math.round(50 + (205 * level) / 14))];

/** The kinds, by what is tested first to last. */
const KINDS: readonly { readonly title: string; readonly has: (codepoint: number) => boolean }[] = [
  { title: 'Hangul', has: (codepoint) => codepoint >= 0xac00 && codepoint <= 0xd7a3 },
  { title: 'Han', has: (codepoint) => codepoint >= 0x4e00 && codepoint <= 0x9fff },
  {
    title: 'Han, further blocks',
    has: (codepoint) => /\p{Script=Han}/u.test(String.fromCodePoint(codepoint)),
  },
  { title: 'Letters and signs', has: () => true },
];

/**
 * Draws a face's codepoints by use, kind by kind.
 *
 * @param levels one for each codepoint, 0 (not seen) to 15.
 */
export function drawCase(codepoints: CodepointSet, levels: Uint8Array, deflate: Deflate): readonly Compartment[] {
  const members = KINDS.map((): number[] => []);
  for (const [index, codepoint] of codepoints.entries())
    members[KINDS.findIndex(({ has }) => has(codepoint))]?.push(levels[index] ?? 0);
  return KINDS.map(({ title }, kind) => drawCompartment(title, members[kind] ?? [], deflate)).filter(
    (compartment) => compartment.codepoints > 0,
  );
}

function drawCompartment(title: string, levels: readonly number[], deflate: Deflate): Compartment {
  const columns = Math.min(COLUMNS, levels.length);
  const width = columns * CELL - 1;
  const height = Math.ceil(levels.length / COLUMNS) * CELL - 1;
  const paint = (colourOf: (level: number) => number) => {
    const pixels = new Uint8Array(Math.max(0, width * height));
    for (const [index, level] of levels.entries()) {
      const left = (index % COLUMNS) * CELL;
      const top = Math.floor(index / COLUMNS) * CELL;
      for (let y = top; y < top + FILLED; y++)
        pixels.fill(colourOf(level), y * width + left, y * width + left + FILLED);
    }
    return pixels;
  };
  const png = (pixels: Uint8Array<ArrayBuffer>, opacities: readonly number[]) =>
    `data:image/png;base64,${base64Of(writePng({ width, pixels, opacities }, deflate))}`;
  return {
    ...{ title, codepoints: levels.length, seen: levels.filter((level) => level > 0).length, width, height },
    cells: png(
      paint(() => 1),
      [0, 255],
    ),
    use: png(
      paint((level) => level),
      OPACITIES,
    ),
  };
}

function base64Of(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
