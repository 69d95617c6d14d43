import type { Page } from 'playwright-core';

/** What draws the text of one element: whether every glyph of it comes from a web font. */
export type DrawnElement = { readonly text: string; readonly fonts: readonly string[]; readonly isAllWebFont: boolean };

type PlatformFont = { readonly familyName: string; readonly isCustomFont: boolean; readonly glyphCount: number };

/**
 * Asks Chromium which fonts really drew the text of elements.
 *
 * @see https://chromedevtools.github.io/devtools-protocol/tot/CSS/#method-getPlatformFontsForNode
 */
export async function readDrawnFonts(page: Page, selector: string): Promise<readonly DrawnElement[]> {
  // A page may replace an element between the question for it and the one for its fonts: then all are asked anew.
  for (let triesLeft = 3; ; triesLeft--) {
    try {
      return await readOnce(page, selector);
    } catch (error) {
      if (triesLeft === 0 || !String(error).includes('Could not find node')) throw error;
    }
  }
}

async function readOnce(page: Page, selector: string): Promise<readonly DrawnElement[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument', { depth: -1 });
  const { nodeIds } = await session.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector });
  const texts = await page.$$eval(selector, (elements) => elements.map((element) => element.textContent ?? ''));
  const drawn: DrawnElement[] = [];
  for (const [index, nodeId] of nodeIds.entries()) {
    const { fonts } = (await session.send('CSS.getPlatformFontsForNode', { nodeId })) as {
      fonts: readonly PlatformFont[];
    };
    if (fonts.length === 0) continue;
    drawn.push({
      text: (texts[index] ?? '').slice(0, 60),
      fonts: fonts.map(({ familyName, glyphCount }) => `${familyName} ${glyphCount}`),
      isAllWebFont: fonts.every(({ isCustomFont }) => isCustomFont),
    });
  }
  await session.detach();
  return drawn;
}
