import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { bundleScript, bundleWorker } from './server/bundle-script.ts';
import { createSiteHandler } from './server/create-site-handler.ts';
import { createTallyHandler } from './server/create-tally-handler.ts';
import { createServiceAssets, type PlatformFiles, readPlatformFiles } from './server/platform-assets.ts';
import { type AssetSources, readAssets } from './server/read-assets.ts';
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
  /** The origin of a site by its name (`ja`, `ko`, `hant`, `tally`, `demo`), at the port that is really listened on. */
  origin(site: string): string;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
};

const sitesFolder = fileURLToPath(new URL('./sites/', import.meta.url));
const panelFolder = fileURLToPath(new URL('./panel/', import.meta.url));
const likeFolder = fileURLToPath(new URL('./like/', import.meta.url));

/**
 * Serves the demo sites, each under an origin of its own (`http://ja.localhost:8788`).
 *
 * All files are read, bundled and rendered once, before the promise resolves; only those are ever served.
 * Rejects when the port is taken, a script does not build, the platform library is not built, or a page has a placeholder
 * that nothing fills.
 */
export async function startDemoSites(options: DemoSitesOptions): Promise<DemoSites> {
  const { port, serviceOrigin, host = '127.0.0.1', mayCollect = () => true } = options;
  const sources = await readSources();
  const shared = await readShared();
  const service = createServiceAssets(
    options.platform ?? (await readPlatformFiles()),
    await bundleWorker(`${sitesFolder}tally/worker.ts`),
  );

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

/** The files of the sites, with the scripts that only one of them has. */
async function readSources(): Promise<AssetSources> {
  const sources = new Map(await readAssets(sitesFolder));
  sources.set('ko/compose.js', await bundleScript(`${sitesFolder}ko/compose.ts`));
  sources.set('tally/page.js', await bundleScript(`${sitesFolder}tally/page/page.ts`));
  return sources;
}

/** The files that every site serves. */
async function readShared(): Promise<Readonly<Record<string, Uint8Array>>> {
  const styleOf = async (folder: string, name: string) => (await readAssets(folder)).get(name) ?? new Uint8Array();
  return {
    'panel.js': await bundleScript(`${panelFolder}panel.ts`),
    'panel.css': await styleOf(panelFolder, 'panel.css'),
    'like.js': await bundleScript(`${likeFolder}like.ts`),
    'like.css': await styleOf(likeFolder, 'like.css'),
  };
}
