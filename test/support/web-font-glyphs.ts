import type { RawPage } from './raw-chromium-page.ts';

/**
 * How many glyphs of some elements' own text come from web fonts, and how many from the system's.
 *
 * `web` also counts what is drawn in a fallback until a web font has come, so that it means something only where `loading`,
 * the number of the page's fonts on their way, is 0.
 */
export type GlyphCounts = { readonly web: number; readonly system: number; readonly loading: number };

type PlatformFont = { readonly isCustomFont: boolean; readonly glyphCount: number };

/** Prepares a page for {@link countGlyphs}; after every navigation anew. */
async function findNodes(page: RawPage, selector: string): Promise<readonly number[]> {
  const { root } = await page.send<{ root: { nodeId: number } }>('DOM.getDocument', { depth: 0 });
  const found = await page.send<{ nodeIds: number[] }>('DOM.querySelectorAll', { nodeId: root.nodeId, selector });
  return found.nodeIds;
}

/**
 * Asks Chromium which fonts really drew the text of elements; hidden elements and those without text count nothing.
 *
 * @see https://chromedevtools.github.io/devtools-protocol/tot/CSS/#method-getPlatformFontsForNode
 */
export async function countGlyphs(page: RawPage, selector: string): Promise<GlyphCounts> {
  await page.send('DOM.enable');
  await page.send('CSS.enable');
  let [web, system] = [0, 0];
  for (const nodeId of await findNodes(page, selector)) {
    const { fonts } = await page.send<{ fonts: PlatformFont[] }>('CSS.getPlatformFontsForNode', { nodeId });
    for (const { isCustomFont, glyphCount } of fonts) {
      if (isCustomFont) web += glyphCount;
      else system += glyphCount;
    }
  }
  const loading = await page.evaluate(() => [...document.fonts].filter(({ status }) => status === 'loading').length);
  return { web, system, loading };
}
