import { formatSet, MAX_SET_CHARACTERS, parseSet } from '../codepoints/set-encoding.ts';
import { TypecaseError } from '../errors.ts';
import { ByteReader } from '../sfnt/byte-reader.ts';
import { ByteWriter } from '../sfnt/byte-writer.ts';
import { CLIENT_BUCKETS, type Observation, SITE_BUCKETS } from './observation.ts';

const VERSION = 2;
const HEAD_BYTES = 10;
const KINDS: readonly Observation['kind'][] = ['page', 'delta'];

/** Most observations of one batch. */
const MAX_BATCH_OBSERVATIONS = 0xffff;

/**
 * Writes observations, in order, for a log that is appended to batch by batch.
 *
 * Big-endian: a byte 2, the version; then for each its kind (uint8: 0 page, 1 delta), site bucket (uint8), client bucket
 * (uint16), length of its set's spelling (uint16), bytes that were sent (uint32), and the set as URLs spell it, in ASCII. A set
 * over the limits of URLs throws.
 */
export function encodeObservations(observations: readonly Observation[]): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter();
  out.uint8(VERSION);
  for (const { kind, siteBucket, clientBucket, set, bytes } of observations) {
    const text = formatSet(set);
    out.uint8(KINDS.indexOf(kind)).uint8(siteBucket).uint16(clientBucket).uint16(text.length).uint32(bytes);
    out.append(new TextEncoder().encode(text));
  }
  return out.bytes();
}

/** Reads what {@link encodeObservations} writes. @throws TypecaseError `bad-usage`, or that of a set or of what is cut off. */
export function decodeObservations(bytes: Uint8Array<ArrayBuffer>): readonly Observation[] {
  const reader = new ByteReader(bytes, 'The batch of observations');
  if (reader.uint8(0) !== VERSION) throw badBatch(`it is of version ${reader.uint8(0)}, not ${VERSION}`);
  const observations: Observation[] = [];
  for (let at = 1; at < bytes.length; ) {
    if (observations.length === MAX_BATCH_OBSERVATIONS) throw badBatch(`more than ${MAX_BATCH_OBSERVATIONS} are in it`);
    const length = reader.uint16(at + 4);
    observations.push(readObservation(reader, at, length));
    at += HEAD_BYTES + length;
  }
  return observations;
}

function readObservation(reader: ByteReader, at: number, length: number): Observation {
  const kind = KINDS[reader.uint8(at)];
  const siteBucket = reader.uint8(at + 1);
  const clientBucket = reader.uint16(at + 2);
  if (kind === undefined || siteBucket >= SITE_BUCKETS || clientBucket >= CLIENT_BUCKETS)
    throw badBatch(`what begins at byte ${at} is no observation`);
  if (length > MAX_SET_CHARACTERS) throw badBatch(`the set at byte ${at} is too long`);
  const set = parseSet(String.fromCharCode(...reader.slice(at + HEAD_BYTES, length)));
  return { kind, siteBucket, clientBucket, set, bytes: reader.uint32(at + 6) };
}

function badBatch(reason: string): TypecaseError {
  return new TypecaseError('bad-usage', `A batch of observations cannot be read: ${reason}.`);
}
