import { forwardTo } from './forward-request.ts';
import { type Answer, type Handler, type Origin, type OriginServer, startOriginServer } from './origin-server.ts';
import { launchRawChromium, type RawChromium } from './raw-chromium.ts';
import type { RawPage } from './raw-chromium-page.ts';
import type { ThirdPartyCookies } from './spawn-chromium.ts';
import { countGlyphs } from './web-font-glyphs.ts';

/** What the page's client says of a font that it has added. */
export type ReportedFont = { readonly file: string; readonly from: string; readonly isStored: boolean };

/** A font service behind an origin that counts, sites that embed it, and a browser with a fresh profile. */
export interface FontWorld {
  readonly browser: RawChromium;
  /** The service's origin as sites see it; its `*` route is the service. */
  readonly fonts: Origin;
  /** Adds a site whose page at `/` draws a text with the page client. Labels with dots are subdomains of one site. */
  addSite(label: string, text: string, page?: PageOptions): Origin;
  /** Paths under `/font/` asked for since the last reset, in order. */
  fontRequests(): readonly string[];
  /** Opens a page, and waits until the client says that its fonts have settled. */
  openReady(url: string): Promise<RawPage>;
  close(): Promise<void>;
}

/** How a page embeds its fonts; the default is what the README says. */
type PageOptions = {
  readonly head?: (fontsOrigin: string) => string;
  readonly headers?: Record<string, string>;
  readonly routes?: Readonly<Record<string, Answer | Handler>>;
};

const QUERY = 'family=Noto+Sans+JP:wght@400&display=swap';

/**
 * The page client's embedding, as the README has it. `wait` are the milliseconds that it may wait for stores.
 *
 * It reports no usage: one page view in twenty would, by chance, and requests are counted.
 */
export function clientHead(fontsOrigin: string, wait = ''): string {
  return `<link rel="stylesheet" crossorigin media="typecase" href="${fontsOrigin}/css2?${QUERY}&delivery=delta">
<script async crossorigin data-wait="${wait}" data-usage="off" src="${fontsOrigin}/typecase.js"></script>`;
}

/** The page of a site: one paragraph, `#text`. */
export function createPage(head: string, text: string): string {
  return `<!doctype html><html lang="ja"><meta charset="utf-8"><title>.</title><link rel="icon" href="data:,">
<style>body { font-family: "Noto Sans JP", sans-serif }</style>
${head}<p id="text">${text}</p>`;
}

/** Starts the world of one browser profile before a service on loopback. */
export async function startFontWorld(servicePort: number, thirdPartyCookies: ThirdPartyCookies): Promise<FontWorld> {
  const server: OriginServer = await startOriginServer();
  const browser = await launchRawChromium({ thirdPartyCookies }).catch(async (error) => {
    await server.close();
    throw error;
  });
  const fonts = server.addOrigin('fonts', { '*': forwardTo(servicePort) });
  return {
    browser,
    fonts,
    addSite: (label, text, { head = clientHead, headers = {}, routes = {} } = {}) =>
      server.addOrigin(label, { '/': { headers, body: createPage(head(fonts.origin), text) }, ...routes }),
    fontRequests: () =>
      fonts
        .requests()
        .map(({ path }) => path)
        .filter((path) => path.startsWith('/font/')),
    openReady: async (url) => {
      const page = await browser.newPage(url);
      await waitForFonts(page);
      return page;
    },
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

/** Waits until the page client is there and says that what the page showed at its start has settled. */
export async function waitForFonts(page: RawPage): Promise<void> {
  await page.evaluate(async () => {
    const client = () => (window as unknown as { typecase?: { ready: Promise<void> } }).typecase;
    while (!client()) await new Promise((resolve) => setTimeout(resolve, 10));
    await client()?.ready;
  });
}

/** Tells how many glyphs of `#text` the system's fonts draw, and how many fonts are on their way: none, where all is well. */
export async function systemGlyphs(page: RawPage): Promise<number> {
  const { web, system, loading } = await countGlyphs(page, '#text, #text *');
  if (web + system === 0) throw new Error('The page draws no text.');
  return system + loading;
}

/** What the page client has reported so far. */
export function reportedFonts(page: RawPage): Promise<readonly ReportedFont[]> {
  return page.evaluate(() => {
    const { fonts } = (window as unknown as { typecase: { fonts: readonly ReportedFont[] } }).typecase;
    return fonts.map(({ file, from, isStored }) => ({ file, from, isStored }));
  });
}

/** The mode that the page client says it is in. */
export function reportedMode(page: RawPage): Promise<string> {
  return page.evaluate(() => (window as unknown as { typecase: { mode: string } }).typecase.mode);
}
