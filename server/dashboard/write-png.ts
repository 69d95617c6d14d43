/** Compresses as zlib does. */
export type Deflate = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;

/** A picture of palette indices, row by row, one byte each; entry 0 of the palette is clear, the others black as dense as they say. */
export type MaskPicture = {
  readonly width: number;
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** Opacity of each entry, 0 to 255; 256 at most. */
  readonly opacities: readonly number[];
};

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const PALETTE_COLOUR = 3;
/** A row is written as its difference to the one above: cells are several rows high. */
const FILTER_UP = 2;

/** Writes a mask as PNG. @see https://www.w3.org/TR/png-3/ */
export function writePng({ width, pixels, opacities }: MaskPicture, deflate: Deflate): Uint8Array<ArrayBuffer> {
  const height = pixels.length / width;
  const header = [...uint32(width), ...uint32(height), 8, PALETTE_COLOUR, 0, 0, 0];
  const parts = [
    Uint8Array.from(SIGNATURE),
    chunk('IHDR', Uint8Array.from(header)),
    chunk('PLTE', new Uint8Array(opacities.length * 3)),
    chunk('tRNS', Uint8Array.from(opacities)),
    chunk('IDAT', deflate(filterRows(pixels, width))),
    chunk('IEND', new Uint8Array(0)),
  ];
  return concat(parts);
}

function filterRows(pixels: Uint8Array, width: number): Uint8Array<ArrayBuffer> {
  const rows = pixels.length / width;
  const filtered = new Uint8Array(rows * (width + 1));
  for (let row = 0; row < rows; row++) {
    filtered[row * (width + 1)] = FILTER_UP;
    for (let x = 0; x < width; x++) {
      const at = row * width + x;
      filtered[at + row + 1] = (pixels[at] ?? 0) - (pixels[at - width] ?? 0);
    }
  }
  return filtered;
}

function chunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const named = concat([new TextEncoder().encode(type), data]);
  return concat([Uint8Array.from(uint32(data.length)), named, Uint8Array.from(uint32(crc32(named)))]);
}

function uint32(value: number): readonly number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
