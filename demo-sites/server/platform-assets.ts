import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Asset, createAsset } from './render-assets.ts';

/** The platform library as `npm run build` makes it. */
export type PlatformFiles = {
  readonly connectScript: Uint8Array;
  readonly connectWorkerScript: Uint8Array;
  readonly bridgePage: Uint8Array;
};

const builtFolder = fileURLToPath(new URL('../../dist/assets/', import.meta.url));

/** Reads the built library; rejects with what to do where it is missing. */
export async function readPlatformFiles(folder: string = builtFolder): Promise<PlatformFiles> {
  const [connectScript, connectWorkerScript, bridgePage] = await Promise.all([
    readBuilt(folder, 'connect.js'),
    readBuilt(folder, 'connect-worker.js'),
    readBuilt(folder, 'bridge.html'),
  ]);
  return { connectScript, connectWorkerScript, bridgePage };
}

async function readBuilt(folder: string, name: string): Promise<Uint8Array> {
  try {
    return await readFile(`${folder}/${name}`);
  } catch (cause) {
    throw new Error(`The demo sites need dist/assets/${name}: run npm run build first.`, { cause });
  }
}

const shared = { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' };

/** Has whoever loads the client install the service: the explainer's headers, and what lets other origins read them. */
const installing = {
  'Service-Worker-Script': '/sw.js',
  'Service-Worker-Scope': '/',
  'Access-Control-Expose-Headers': 'Service-Worker-Script, Service-Worker-Scope',
  'Server-Timing': 'service-worker;desc="/sw.js"',
  'Timing-Allow-Origin': '*',
};

/**
 * Makes what every service of the platform serves, by URL path: the client, the bridge and its worker.
 *
 * @see sw/platform/README.md, "Use it"
 */
export function createServiceAssets(platform: PlatformFiles, worker: Uint8Array): ReadonlyMap<string, Asset> {
  const script = (name: string, body: Uint8Array, headers: Record<string, string>): [string, Asset] => [
    `/${name}`,
    { ...createAsset(name, body), headers },
  ];
  const bridge: Asset = {
    ...createAsset('bridge.html', platform.bridgePage),
    contentType: 'text/html',
    headers: { 'Cross-Origin-Embedder-Policy': 'require-corp', 'Cross-Origin-Resource-Policy': 'cross-origin' },
  };
  return new Map([
    script('connect.js', platform.connectScript, { ...shared, ...installing }),
    script('connect-worker.js', platform.connectWorkerScript, shared),
    script('sw.js', worker, { 'Service-Worker-Allowed': '/' }),
    ['/.well-known/navigator-connect', bridge],
  ]);
}
