/** The characters of six bits, 0 to 63: base64url. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const BITS_PER_CHARACTER = 6;
/** The largest Rice parameter that is written. */
const MAX_RICE_PARAMETER = 20;
/** This many one-bits say that the gap follows as it is, in GAP_BITS bits: a jump from one block of Unicode to another. */
const ESCAPE_ONES = 8;
const GAP_BITS = 21;

/**
 * Writes numbers as Golomb-Rice coded gaps in the base64url alphabet; no numbers give an empty text.
 *
 * The first character is the Rice parameter k (A = 0). Then, for every number, the gap g to the number before it (the
 * first: to -1) less one: `g >> k` one-bits, a zero bit, and the k low bits of g, most significant first; or, where
 * `g >> k` is 8 or more, eight one-bits and g in 21 bits. The last character is filled with one-bits. k is the smallest of
 * those that need the fewest bits: the same numbers have one spelling.
 * Without limits and messages, as it is part of the page's script; set-encoding.ts adds them.
 * @param values strictly ascending, 0 to 0x1FFFFF.
 */
export function encodeGaps(values: ArrayLike<number>): string {
  if (values.length === 0) return '';
  const gaps = Array.from(values, (value, index) => value - (values[index - 1] ?? -1) - 1);
  const parameter = shortestParameter(gaps);
  let text = ALPHABET.charAt(parameter);
  // The bits that do not fill a character yet, behind a one that keeps their leading zeros.
  let pending = 1;
  const put = (bits: number, count: number) => {
    while (count-- > 0) {
      pending = pending * 2 + ((bits >>> count) & 1);
      if (pending < 64) continue;
      text += ALPHABET[pending - 64];
      pending = 1;
    }
  };
  writeGaps(gaps, parameter, put);
  while (pending > 1) put(1, 1);
  return text;
}

/** Takes the last `count` bits of a number, 0 to 32, the most significant first. */
type PutBits = (bits: number, count: number) => void;

function writeGaps(gaps: readonly number[], parameter: number, put: PutBits): void {
  for (const gap of gaps) {
    const quotient = gap >>> parameter;
    if (quotient < ESCAPE_ONES) {
      put(-2, quotient + 1);
      put(gap, parameter);
    } else {
      put(-1, ESCAPE_ONES);
      put(gap, GAP_BITS);
    }
  }
}

function shortestParameter(gaps: readonly number[]): number {
  const lengths = Array.from({ length: MAX_RICE_PARAMETER + 1 }, (_, parameter) => {
    let bits = 0;
    writeGaps(gaps, parameter, (_, count) => {
      bits += count;
    });
    return bits;
  });
  return lengths.indexOf(Math.min(...lengths));
}

/**
 * Reads what {@link encodeGaps} writes: strictly ascending numbers.
 *
 * Never refuses: a number that is cut off at the end is left out, a character outside the alphabet is read as `_`, and
 * numbers may be as large as the text makes them. Who reads what others wrote checks it.
 */
export function decodeGaps(text: string): number[] {
  const parameter = ALPHABET.indexOf(text.charAt(0));
  const values: number[] = [];
  const end = text.length * BITS_PER_CHARACTER;
  let at = BITS_PER_CHARACTER;
  let character = 0;
  let previous = -1;
  const nextBit = () => {
    const place = at++ % BITS_PER_CHARACTER;
    // Behind the end it is -1, so that only ones are read there: at most one escape.
    if (place === 0) character = ALPHABET.indexOf(text[(at / BITS_PER_CHARACTER) | 0] ?? ' ');
    return (character >> (BITS_PER_CHARACTER - 1 - place)) & 1;
  };
  for (;;) {
    let gap = 0;
    while (gap < ESCAPE_ONES && nextBit() === 1) gap++;
    let lowBits = gap < ESCAPE_ONES ? parameter : GAP_BITS;
    gap %= ESCAPE_ONES;
    while (lowBits-- > 0) gap = gap * 2 + nextBit();
    if (at > end) return values;
    previous += gap + 1;
    values.push(previous);
  }
}
