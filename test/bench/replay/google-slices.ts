import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { parseUnicodeRange } from '../../../font-service/codepoints/unicode-range.ts';
import { leanStylesheet } from '../lean-stylesheet.ts';
import type { RemoteFile } from './cached-delivery.ts';
import { ownersOf } from './face-plan.ts';

const require = createRequire(import.meta.url);
const RULE = /src: url\(\.(\/files\/[\w.-]+\.woff2)\)[^}]*?unicode-range: ([^;]+);/g;

/** Google's slicing of a family's regular weight: real files, and the stylesheet that names them. */
export type GoogleSlices = {
  readonly stylesheet: RemoteFile;
  /** The file of a codepoint; undefined for what no slice has. */
  fileOf(codepoint: number): RemoteFile | undefined;
};

/**
 * Reads the package `@fontsource/{family}`, whose files are Google's; of overlapping ranges the later one wins, as in CSS.
 *
 * The stylesheet is compressed at brotli's best; Google's own has longer URLs.
 */
export function readGoogleSlices(family: string): GoogleSlices {
  const path = require.resolve(`@fontsource/${family}/400.css`);
  const css = leanStylesheet(readFileSync(path, 'utf8'));
  const rules = [...css.matchAll(RULE)].map(([, file = '', range = '']) => ({ file, range }));
  const files = rules.map(({ file }) => ({ path: file, bytes: statSync(join(dirname(path), file)).size }));
  const owners = ownersOf(rules.map(({ range }) => parseUnicodeRange(range)));
  return {
    stylesheet: { path: '/400.css', bytes: brotliCompressSync(css).length },
    fileOf: (codepoint) => files[owners.get(codepoint) ?? -1],
  };
}
