const SIGNATURE = 0x774f4632;
const HEADER_BYTES = 48;
const LENGTH_OFFSET = 8;

/**
 * Tells whether bytes can be a whole WOFF2 file: its signature, and the length that its header states.
 *
 * What was cut off, or is an error's text, is neither; damage inside is left to the browser, which checks every font.
 * @see https://www.w3.org/TR/WOFF2/#woff20Header
 */
export function isWoff2(bytes: ArrayBuffer): boolean {
  if (bytes.byteLength < HEADER_BYTES) return false;
  const header = new DataView(bytes);
  return header.getUint32(0) === SIGNATURE && header.getUint32(LENGTH_OFFSET) === bytes.byteLength;
}
