import { type CodepointSet, indexOfCodepoint, isScalarValue } from '../codepoints/codepoint-set.ts';
import { TypecaseError } from '../errors.ts';
import { ByteReader } from '../sfnt/byte-reader.ts';
import { ByteWriter } from '../sfnt/byte-writer.ts';
import { CLIENT_BUCKETS, SITE_BUCKETS } from './observation.ts';
import { createUsage, type Usage } from './usage.ts';

const MAGIC = 'TCUS';
const VERSION = 1;
/** A count of pages, and the weight of sites, that no usage exceeds. */
const MAX_COUNT = 1e6;

/**
 * Writes usage as bytes: what is zero takes no room, else 6 bytes a count.
 *
 * Big-endian: `TCUS`, a version, the time in milliseconds as a float64; the number of codepoints and they themselves as uint32;
 * then lists: site pages, a row for each site bucket, client pages, site bits, client bits, past shares, past witnesses and
 * past weight. A list is the number of its entries that are not zero, and each with its place.
 */
export function encodeUsage(usage: Usage): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter(1 << 16);
  out.tag(MAGIC).uint8(VERSION).append(float64Bytes(usage.atMs));
  out.uint32(usage.askable.length);
  for (const codepoint of usage.askable) out.uint32(codepoint);
  const { past } = usage;
  const rows = usage.rows.map((row) => row ?? new Float32Array(0));
  for (const counts of [usage.sitePages, ...rows, usage.clientPages, past.shares]) writeList(out, counts, bitsOfFloat);
  for (const counts of [usage.siteBits, usage.clientBits, past.witnesses]) writeList(out, counts, (value) => value);
  writeList(out, Float32Array.of(past.weight), bitsOfFloat);
  return out.bytes();
}

function writeList(out: ByteWriter, values: ArrayLike<number>, bitsOf: (value: number) => number): void {
  const places = Array.from(values, (value, index) => (value === 0 ? -1 : index)).filter((index) => index >= 0);
  out.uint32(places.length);
  for (const index of places) out.uint32(index).uint32(bitsOf(values[index] ?? 0));
}

const scratch = new DataView(new ArrayBuffer(8));

function bitsOfFloat(value: number): number {
  scratch.setFloat32(0, value);
  return scratch.getUint32(0);
}

function float64Bytes(value: number): Uint8Array<ArrayBuffer> {
  scratch.setFloat64(0, value);
  return new Uint8Array(scratch.buffer.slice(0));
}

/**
 * Reads what {@link encodeUsage} writes.
 *
 * @param askable what may be asked for now: counts of codepoints that are gone are dropped, new ones begin at nothing.
 * @throws TypecaseError `bad-usage` for anything else, `out-of-bounds` where it is cut off.
 */
export function decodeUsage(bytes: Uint8Array<ArrayBuffer>, askable: CodepointSet): Usage {
  const input = createInput(bytes);
  const atMs = input.head();
  const stored = input.codepoints();
  const usage = createUsage(askable, atMs);
  const placeOf = Int32Array.from(stored, (codepoint) => indexOfCodepoint(askable, codepoint));
  const perCodepoint = { count: stored.length, placeOf: (index: number) => placeOf[index] ?? -1 };
  input.list(usage.sitePages, { count: SITE_BUCKETS }, toCount);
  for (let bucket = 0; bucket < SITE_BUCKETS; bucket++) {
    const row = new Float32Array(askable.length);
    if (input.list(row, perCodepoint, toCount) > 0) usage.rows[bucket] = row;
  }
  input.list(usage.clientPages, { count: CLIENT_BUCKETS }, toCount);
  input.list(usage.past.shares, perCodepoint, toCount);
  input.list(usage.siteBits, perCodepoint, toBits);
  input.list(usage.clientBits, perCodepoint, toBits);
  input.list(usage.past.witnesses, perCodepoint, toWitnesses);
  const weight = new Float32Array(1);
  input.list(weight, { count: 1 }, toCount);
  input.end();
  usage.past = { ...usage.past, weight: weight[0] ?? 0 };
  return usage;
}

type Places = { readonly count: number; readonly placeOf?: (index: number) => number };

function createInput(bytes: Uint8Array<ArrayBuffer>) {
  const reader = new ByteReader(bytes, 'The stored usage');
  let at = 0;
  const uint32 = () => {
    at += 4;
    return reader.uint32(at - 4);
  };
  return {
    head: () => {
      if (reader.tag(0) !== MAGIC || reader.uint8(4) !== VERSION)
        throw badUsage(`it does not begin with ${MAGIC}, version ${VERSION}`);
      scratch.setUint32(0, reader.uint32(5));
      scratch.setUint32(4, reader.uint32(9));
      at = 13;
      const atMs = scratch.getFloat64(0);
      if (!Number.isFinite(atMs)) throw badUsage('its time is no number');
      return atMs;
    },
    codepoints: () => {
      const count = uint32();
      reader.slice(at, count * 4);
      return Uint32Array.from({ length: count }, checkAscending(uint32));
    },
    list: (
      target: Float32Array | Uint32Array | Uint8Array,
      { count, placeOf }: Places,
      parse: (bits: number) => number,
    ) => {
      const entries = uint32();
      reader.slice(at, entries * 8);
      let previous = -1;
      for (let entry = 0; entry < entries; entry++) {
        const index = uint32();
        const value = parse(uint32());
        if (index <= previous || index >= count) throw badUsage(`the entry before byte ${at} is out of place`);
        previous = index;
        const place = placeOf === undefined ? index : placeOf(index);
        if (place >= 0) target[place] = value;
      }
      return entries;
    },
    end: () => {
      if (at !== bytes.length) throw badUsage(`${bytes.length - at} bytes follow its end`);
    },
  };
}

function checkAscending(next: () => number): () => number {
  let previous = -1;
  return () => {
    const codepoint = next();
    if (codepoint <= previous || !isScalarValue(codepoint))
      throw badUsage(`${codepoint} is no codepoint, or not in its place`);
    previous = codepoint;
    return codepoint;
  };
}

function toCount(bits: number): number {
  scratch.setUint32(0, bits);
  const value = scratch.getFloat32(0);
  if (!(value > 0 && value <= MAX_COUNT)) throw badUsage(`${value} is no count`);
  return value;
}

function toBits(bits: number): number {
  if (bits === 0) throw badUsage('an entry is zero');
  return bits;
}

function toWitnesses(bits: number): number {
  if (bits === 0 || bits > SITE_BUCKETS) throw badUsage(`${bits} is no number of sites`);
  return bits;
}

function badUsage(reason: string): TypecaseError {
  return new TypecaseError('bad-usage', `The stored usage cannot be read: ${reason}.`);
}
