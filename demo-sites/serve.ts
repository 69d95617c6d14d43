import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { bundleScript } from './server/bundle-script.ts';
import { createSiteHandler } from './server/create-site-handler.ts';
import { readAssets } from './server/read-assets.ts';
import { renderAssets } from './server/render-assets.ts';

/** Where the demo sites listen, and the font service that their pages embed. */
export type DemoSitesOptions = {
  /** 0 lets the system choose. */
  readonly port: number;
  /** Scheme, host and port without a trailing slash, like `http://fonts.localhost:8787`. */
  readonly serviceOrigin: string;
  readonly host?: string;
};

/** The demo sites while they run. */
export type DemoSites = {
  /** The origin of a site by its name (`ja`, `ko`, `hant`, `demo`), at the port that is really listened on. */
  origin(site: string): string;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
};

const sitesFolder = fileURLToPath(new URL('./sites/', import.meta.url));
const panelFolder = fileURLToPath(new URL('./panel/', import.meta.url));

/**
 * Serves the demo sites, each under an origin of its own (`http://ja.localhost:8788`).
 *
 * All files are read, bundled and rendered once, before the promise resolves; only those are ever served.
 * Rejects when the port is taken, a script does not build, or a page has a placeholder that nothing fills.
 */
export async function startDemoSites(options: DemoSitesOptions): Promise<DemoSites> {
  const { port, serviceOrigin, host = '127.0.0.1' } = options;
  const sources = new Map(await readAssets(sitesFolder));
  sources.set('ko/compose.js', await bundleScript(`${sitesFolder}ko/compose.ts`));
  const shared = {
    'panel.js': await bundleScript(`${panelFolder}panel.ts`),
    'panel.css': (await readAssets(panelFolder)).get('panel.css') ?? new Uint8Array(),
  };

  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: listeningPort } = server.address() as AddressInfo;
  const origin = (site: string) => `http://${site}.localhost:${listeningPort}`;
  const values = {
    service: serviceOrigin,
    ja: origin('ja'),
    ko: origin('ko'),
    hant: origin('hant'),
    demo: origin('demo'),
  };
  server.on('request', createSiteHandler(renderAssets(sources, shared, values)));

  return {
    origin,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
