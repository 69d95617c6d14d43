import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSiteHandler } from './server/create-site-handler.ts';
import { createTallyHandler } from './server/create-tally-handler.ts';
import { createServiceAssets, type PlatformFiles, readPlatformFiles } from './server/platform-assets.ts';
import { bundleTallyWorker, readShared, readSources } from './server/read-sources.ts';
import { renderAssets } from './server/render-assets.ts';
import { createTallyStore } from './server/tally-store.ts';

/** Where the demo sites listen, and the font service that their pages embed. */
export type DemoSitesOptions = {
  /** 0 lets the system choose. */
  readonly port: number;
  /** Scheme, host and port without a trailing slash, like `http://fonts.localhost:8787`. */
  readonly serviceOrigin: string;
  readonly host?: string;
  /** The platform library that the tally serves; what `npm run build` left in `dist/assets` where it is left out. */
  readonly platform?: PlatformFiles;
  /** While it says no, the tally's server answers batches with 503; always yes where it is left out. */
  readonly mayCollect?: () => boolean;
};

/** The demo sites while they run. */
export type DemoSites = {
  /** The origin of a site by its name (`hant`, `ja`, `ko`, `hans`, `reader`, `tally`, `demo`), at the port that is really listened on. */
  origin(site: string): string;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
};

/**
 * Serves the demo sites, each under an origin of its own (`http://ja.localhost:8788`).
 *
 * All files are read, bundled and rendered once, before the promise resolves; only those are ever served.
 * Rejects when the port is taken, a script does not build, the platform library is not built, or a page has a placeholder
 * that nothing fills.
 */
export async function startDemoSites(options: DemoSitesOptions): Promise<DemoSites> {
  const { port, serviceOrigin, host = '127.0.0.1', mayCollect = () => true } = options;
  const sources = await readSources(serviceOrigin);
  const shared = await readShared();
  const service = createServiceAssets(options.platform ?? (await readPlatformFiles()), await bundleTallyWorker());

  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: listeningPort } = server.address() as AddressInfo;
  const origin = (site: string) => `http://${site}.localhost:${listeningPort}`;
  const values = {
    service: serviceOrigin,
    hant: origin('hant'),
    ja: origin('ja'),
    ko: origin('ko'),
    hans: origin('hans'),
    reader: origin('reader'),
    tally: origin('tally'),
    nobody: origin('nobody'),
    demo: origin('demo'),
  };
  const assets = renderAssets(sources, shared, values);
  const handler = createSiteHandler({ ...assets, tally: new Map([...assets.tally, ...service]) });
  server.on('request', createTallyHandler(createTallyStore(), mayCollect, handler));

  return {
    origin,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
