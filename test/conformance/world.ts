import type { DrivenPage } from '../support/browser-driver.ts';
import type { Origin, OriginDomain, OriginServer, Routes } from '../support/origin-server.ts';
import type { RawChromium } from '../support/raw-chromium.ts';
import type { RawPage } from '../support/raw-chromium-page.ts';
import type { ThirdPartyCookies } from '../support/spawn-chromium.ts';
import type { PlatformFiles } from './platform-files.ts';
import { createService, type Service, type ServiceOptions } from './service-origin.ts';
import { createSite, type Site, type SiteOptions } from './site-origin.ts';

/** What a case runs with: a browser and a server that it shares, and origins and pages of its own. */
export type World = {
  readonly browser: RawChromium;
  /** The browser's profile. */
  readonly cookies: ThirdPartyCookies;
  readonly server: OriginServer;
  readonly platform: PlatformFiles;
  addService(options: ServiceOptions): Service;
  addSite(options?: SiteOptions): Site;
  /** Adds an origin that serves nothing but its routes. */
  addOrigin(routes: Routes, domain?: OriginDomain): Origin;
  /** Opens a page, `/` where no path is named; it is closed after the case. */
  openPage(origin: Origin, path?: string): Promise<RawPage>;
};

/** What the worlds of one browser share. */
export type WorldBase = Pick<World, 'browser' | 'cookies' | 'server' | 'platform'>;

/** Makes the world of one case; `dispose` closes the pages that are still open. */
export function createWorld(base: WorldBase, caseId: string): { world: World; dispose(): Promise<void> } {
  const pages = new Set<DrivenPage>();
  let isDisposed = false;
  let lastNumber = 0;
  const adder = (kind: string) => (routes: Routes, domain?: OriginDomain) => {
    const label = `${caseId}-${base.cookies}-${kind}-${++lastNumber}`.toLowerCase();
    return base.server.addOrigin(label, routes, domain);
  };
  const world: World = {
    ...base,
    addService: (options) => createService(base.platform, options, adder('svc')),
    addSite: (options = {}) => createSite(base.platform, options, adder('site')),
    addOrigin: (routes, domain) => adder('other')(routes, domain),
    openPage: async (origin, path = '/') => {
      const page = await base.browser.newPage();
      pages.add(page);
      if (isDisposed) {
        await page.close();
        throw new Error('The case is over.');
      }
      await page.goto(origin.origin + path);
      return page;
    },
  };
  return {
    world,
    dispose: async () => {
      isDisposed = true;
      // A page that the case closed itself refuses to be closed again.
      await Promise.allSettled([...pages].map((page) => page.close()));
    },
  };
}
