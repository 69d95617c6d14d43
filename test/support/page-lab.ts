import { setTimeout as delay } from 'node:timers/promises';
import { addDeltaService, type DeltaService } from './delta-service.ts';
import { startOriginServer } from './origin-server.ts';
import { launchRawChromium } from './raw-chromium.ts';
import type { RawPage } from './raw-chromium-page.ts';

/** How a page of the lab embeds the service; its text is set in the service's family One. */
export type LabPageOptions = {
  /** Attributes of the stylesheet's link, by default those of one that is for the client alone; false leaves it out. */
  readonly link?: string | false;
  /** The query of the stylesheet, behind its family. */
  readonly query?: string;
  /** The query of the script. */
  readonly script?: string;
  /** What the script is told of reports, by default that there are none. */
  readonly usage?: string;
  readonly head?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A browser, a font service, and as many sites as there are pages. */
export type PageLab = {
  readonly service: DeltaService;
  /** Opens a page of a new site. */
  open(body: string, options?: LabPageOptions): Promise<RawPage>;
  /** Opens a page, and tells what it has asked for when it is ready. */
  askedBy(body: string, options?: LabPageOptions): Promise<readonly string[]>;
  /** Changes a page, and tells what it then asks for. */
  askedAfter(page: RawPage, change: string | (() => unknown)): Promise<readonly string[]>;
  /** Closes the pages and forgets what was asked; returns the errors that their consoles showed, but for failed requests. */
  clear(): Promise<readonly string[]>;
  close(): Promise<void>;
};

/** Longer than a change takes to be noticed, gathered, and asked for; a page that asks on is waited for. */
const SETTLED_MS = 700;

/** Opens the lab. */
export async function openPageLab(): Promise<PageLab> {
  const server = await startOriginServer();
  const service = await addDeltaService(server);
  const chromium = await launchRawChromium({ thirdPartyCookies: 'blocked' });
  let pages: RawPage[] = [];
  let sites = 0;
  const open = async (body: string, options: LabPageOptions = {}) => {
    const answer = { headers: options.headers ?? {}, body: formatPage(body, service.origin, options) };
    const { origin } = server.addOrigin(`site-${sites++}`, { '/': answer });
    const page = await chromium.newPage(`${origin}/`);
    pages.push(page);
    return page;
  };
  return {
    service,
    open,
    askedBy: async (body, options) => {
      await waitUntilReady(await open(body, options));
      return service.takeAsked();
    },
    askedAfter: async (page, change) => {
      await waitUntilReady(page);
      service.takeAsked();
      await page.evaluate(typeof change === 'string' ? (new Function(change) as () => unknown) : change);
      let before = -1;
      for (let count = 0; count !== before; count = service.countAsked()) {
        before = service.countAsked();
        await delay(SETTLED_MS);
      }
      return service.takeAsked();
    },
    clear: async () => {
      const errors = pages.flatMap((page) => page.consoleErrors());
      for (const page of pages) await page.close();
      pages = [];
      service.answerFontsWith(undefined);
      service.takeAsked();
      return errors.filter((error) => !error.startsWith('Failed to load resource'));
    },
    close: async () => {
      await chromium.close();
      await server.close();
    },
  };
}

/** Waits until all text that the page has had at its start is drawn. */
export function waitUntilReady(page: RawPage): Promise<void> {
  return page.evaluate(() => document.fonts.ready.then(() => undefined));
}

function formatPage(body: string, origin: string, options: LabPageOptions): string {
  const { link = 'crossorigin media=typecase', query = '', script = '', head = '', usage = 'off' } = options;
  const href = `${origin}/css2?family=One&delivery=delta${query}`;
  return `<!doctype html><meta charset=utf-8>${head}${link === false ? '' : `<link rel=stylesheet ${link} href="${href}">`}
    <script async crossorigin src="${origin}/typecase.js${script}" data-wait=60 data-usage="${usage}"></script>
    <style>body { font-family: Absent, One, sans-serif }</style><body>${body}`;
}
