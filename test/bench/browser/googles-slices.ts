import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { brotliCompressSync } from 'node:zlib';
import type { Handler } from '../../support/origin-server.ts';
import { leanStylesheet } from '../lean-stylesheet.ts';

const require = createRequire(import.meta.url);

/**
 * Serves Google's slices of a family as a service of today does: a stylesheet with unicode-ranges (`/400.css`), compressed,
 * and its files, which never change.
 *
 * The files are those of the package `@fontsource/{family}` (fonts: SIL Open Font License; slicing: googlefonts/nam-files,
 * Apache-2.0).
 */
export function serveGooglesSlices(family: string): Handler {
  const packageName = `@fontsource/${family}`;
  const headers = { 'Access-Control-Allow-Origin': '*', 'Timing-Allow-Origin': '*' };
  return ({ url: { pathname } }) => {
    if (pathname.endsWith('.css')) {
      const css = readFileSync(require.resolve(`${packageName}${pathname}`), 'utf8');
      const kept = { 'Content-Type': 'text/css', 'Content-Encoding': 'br', 'Cache-Control': 'max-age=3600' };
      return { headers: { ...headers, ...kept }, body: brotliCompressSync(leanStylesheet(css)) };
    }
    if (!/^\/files\/[\w-]+\.woff2$/.test(pathname)) return undefined;
    const body = readFileSync(require.resolve(`${packageName}${pathname}`));
    const kept = { 'Content-Type': 'font/woff2', 'Cache-Control': 'max-age=31536000, immutable' };
    return { headers: { ...headers, ...kept }, body };
  };
}
