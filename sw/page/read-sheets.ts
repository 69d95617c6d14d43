import type { Face } from './face.ts';
import { request } from './network.ts';
import { track } from './progress.ts';
import { type Rule, readFaces } from './read-faces.ts';

const known = new Set<CSSStyleSheet>();

/** Reads the `delivery=delta` stylesheets that have come and have not been read yet. */
export function readSheets(found: (faces: ReadonlyMap<string, Face>) => void): void {
  for (const { sheet, href, media } of document.querySelectorAll<HTMLLinkElement>('link[href*="delivery=delta"]')) {
    if (!sheet || known.has(sheet)) continue;
    known.add(sheet);
    const isApplied = matchMedia(media).matches;
    const read = async () => found(readFaces(await readRules(sheet, href), isApplied));
    // What cannot be read gives no faces; the sheet itself may apply nevertheless.
    track((done) => read().then(done, done));
  }
}

/** A sheet of another origin shows its rules only where it was asked for with CORS; else it is asked for again. */
async function readRules(sheet: CSSStyleSheet, href: string): Promise<Iterable<Rule>> {
  try {
    return sheet.cssRules as Iterable<Rule>;
  } catch {
    const response = await request(href);
    return (await new CSSStyleSheet().replace(await response.text())).cssRules as Iterable<Rule>;
  }
}
