import { setTimeout as delay } from 'node:timers/promises';
import type { Handler, Origin } from '../../support/origin-server.ts';
import type { RawChromium } from '../../support/raw-chromium.ts';
import { countGlyphs } from '../../support/web-font-glyphs.ts';

/** What a page view cost, from the beginning of its navigation. */
export type View = {
  /** Until every glyph of the text is drawn by a web font. */
  readonly textDrawnMs: number;
  readonly fontBytes: number;
  /** Stylesheets, scripts and frames of the font's origin. */
  readonly otherBytes: number;
  /** Everything asked of the font's origin. */
  readonly requests: number;
};

const DEADLINE_MS = 30_000;
const POLL_MS = 5;
/** What a page does once its text is drawn, like handing fonts to a store, belongs to it, too. */
const AFTERMATH_MS = 1500;

/** Body bytes that an origin has sent, fonts apart. */
export type Meter = { font: number; other: number };

/** Has a meter count what a handler answers. */
export function measured(handler: Handler, meter: Meter): Handler {
  return async (request) => {
    const answer = await handler(request);
    const bytes = Buffer.byteLength(answer?.body ?? '');
    meter[request.url.pathname.endsWith('.woff2') ? 'font' : 'other'] += bytes;
    return answer;
  };
}

/** Views a page whose text is in `#text`, and closes it. Throws where the text is not drawn by web fonts in time. */
export async function viewPage(browser: RawChromium, url: string, fonts: Origin, meter: Meter): Promise<View> {
  const page = await browser.newPage();
  await countGlyphs(page, '#text');
  fonts.reset();
  Object.assign(meter, { font: 0, other: 0 });
  const startedMs = performance.now();
  await page.startLoading(url);
  for (;;) {
    const counts = await countGlyphs(page, '#text').catch(() => undefined);
    if (counts !== undefined && counts.web > 0 && counts.system + counts.loading === 0) break;
    if (performance.now() - startedMs > DEADLINE_MS)
      throw new Error(`${url}: not all is drawn: ${JSON.stringify(counts)}`);
    await delay(POLL_MS);
  }
  const textDrawnMs = performance.now() - startedMs;
  await delay(AFTERMATH_MS);
  await page.close();
  const requests = fonts.requests().filter(({ path }) => path !== '/favicon.ico').length;
  return { textDrawnMs, fontBytes: meter.font, otherBytes: meter.other, requests };
}
