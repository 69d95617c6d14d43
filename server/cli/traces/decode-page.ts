/** Browsers look for it in the first 1,024 bytes. */
const META_CHARSET_BYTES = 1024;

/**
 * Decodes a page's bytes by its byte order mark, else by its Content-Type's charset, else by its own `<meta charset>`, else as
 * UTF-8. What cannot be decoded becomes U+FFFD.
 */
export function decodePage(bytes: Uint8Array, contentType = ''): string {
  const label = labelOfMark(bytes) ?? charsetIn(contentType) ?? charsetInMeta(bytes) ?? 'utf-8';
  return decodeAs(label, bytes);
}

function labelOfMark([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xff && second === 0xfe ? 'utf-16le' : undefined;
}

function charsetIn(text: string): string | undefined {
  return /charset\s*=\s*["']?([\w:.-]+)/i.exec(text)?.[1];
}

/** A page that says so in ASCII is not in UTF-16. */
function charsetInMeta(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, META_CHARSET_BYTES)).toString('latin1');
  const meta = /<meta\s[^>]*charset[^>]*>/i.exec(head)?.[0] ?? '';
  const label = charsetIn(meta);
  return label?.toLowerCase().startsWith('utf-16') ? 'utf-8' : label;
}

/** A name that no one knows is as good as none. */
function decodeAs(label: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
