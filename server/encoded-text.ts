import { etagOf, type Representation } from './conditional-get.ts';
import type { Dependencies } from './environment.ts';

/** How text is sent: as brotli to those who take it. */
export type TextEncoding = 'br' | 'identity';

/** Chooses the encoding of text by what the client takes. @see RFC 9110, section 12.5.3 */
export function encodingFor(request: Request): TextEncoding {
  // The platform puts its own `Accept-Encoding` in place of the client's, which it keeps beside the request.
  const accepted = request.cf?.['clientAcceptEncoding'];
  const takesBrotli = /(?:^|,)\s*br\s*(?:;\s*q=(?:1|0?\.\d*[1-9]\d*|1\.0*)\s*)?(?:,|$)/;
  return typeof accepted === 'string' && takesBrotli.test(accepted) ? 'br' : 'identity';
}

/** Represents text in an encoding; every encoding has its own strong ETag. */
export async function encodeText(
  plain: Uint8Array<ArrayBuffer>,
  contentType: string,
  encoding: TextEncoding,
  { compressText, sha256 }: Pick<Dependencies, 'compressText' | 'sha256'>,
): Promise<Representation> {
  const bytes = encoding === 'br' ? compressText(plain) : plain;
  const headers = {
    'Content-Type': `${contentType}; charset=utf-8`,
    Vary: 'Accept-Encoding',
    ETag: await etagOf(bytes, sha256),
  };
  return { bytes, headers: encoding === 'br' ? { ...headers, 'Content-Encoding': 'br' } : headers };
}
