import { hexOf } from '../font-service/hex.ts';

/** A complete answer in memory: its bytes, and headers with a strong `ETag`. */
export type Representation = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
};

/**
 * Answers a GET or HEAD of a representation: 304 where the client has it, 206 or 416 for one range, else 200.
 *
 * Several ranges, ranges in other units and ranges of another version (`If-Range`) get the whole, as they may.
 * @see RFC 9110, sections 13.1.2, 13.1.5 and 14.2
 */
export function answerConditionally(request: Request, { bytes, headers }: Representation): Response {
  const etag = headers['ETag'] ?? '';
  const common = { ...headers, 'Accept-Ranges': 'bytes' };
  if (namesTag(request.headers.get('If-None-Match'), etag)) return new Response(null, { status: 304, headers: common });
  const range = isRangeOfThis(request, etag) ? parseRange(request.headers.get('Range'), bytes.length) : undefined;
  if (range === 'unsatisfiable') {
    return new Response(null, { status: 416, headers: { ...common, 'Content-Range': `bytes */${bytes.length}` } });
  }
  const part = range === undefined ? bytes : bytes.subarray(range.first, range.last + 1);
  const rangeHeaders = range && { 'Content-Range': `bytes ${range.first}-${range.last}/${bytes.length}` };
  return new Response(request.method === 'HEAD' ? null : part, {
    status: range === undefined ? 200 : 206,
    headers: { ...common, ...rangeHeaders, 'Content-Length': String(part.length) },
    // The bytes are encoded as the headers say; the platform must not encode them again.
    encodeBody: 'manual',
  });
}

/** A list of tags, compared weakly. */
function namesTag(header: string | null, etag: string): boolean {
  return header?.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, ''))) ?? false;
}

function isRangeOfThis(request: Request, etag: string): boolean {
  const version = request.headers.get('If-Range');
  return request.method === 'GET' && (version === null || version === etag);
}

type Range = { readonly first: number; readonly last: number };

function parseRange(header: string | null, length: number): Range | 'unsatisfiable' | undefined {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  const first = from === '' ? Math.max(length - Number(to), 0) : Number(from);
  const last = from === '' || to === '' ? length - 1 : Math.min(Number(to), length - 1);
  if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined;
  return first > last ? 'unsatisfiable' : { first, last };
}

/** The strong ETag of some bytes: half of their SHA-256 in hexadecimal. */
export async function etagOf(
  bytes: Uint8Array<ArrayBuffer>,
  sha256: (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>,
): Promise<string> {
  const digest = await sha256(bytes);
  return `"${hexOf(digest.subarray(0, 16))}"`;
}
