import { fileURLToPath } from 'node:url';
import { bundleScript, bundleWorker } from './bundle-script.ts';
import { readGoogleSlices } from './google-slices.ts';
import { type AssetSources, readAssets } from './read-assets.ts';

const folderOf = (name: string) => fileURLToPath(new URL(`../${name}/`, import.meta.url));
const sitesFolder = folderOf('sites');
const panelFolder = folderOf('panel');
const likeFolder = folderOf('like');

/** Reads the files of the sites, with the scripts that only one of them has. */
export async function readSources(serviceOrigin: string): Promise<AssetSources> {
  const scripts: readonly (readonly [path: string, script: Promise<Uint8Array>])[] = [
    ['ko/compose.js', bundleScript(`${sitesFolder}ko/compose.ts`)],
    ['ko/register.js', bundleScript(`${sitesFolder}ko/register.ts`)],
    ['ko/sw.js', bundleOwnWorker(`${sitesFolder}ko/worker.ts`, serviceOrigin)],
    ['reader/page.js', bundleScript(`${sitesFolder}reader/page.ts`)],
    ['reader/sw.js', bundleOwnWorker(`${sitesFolder}reader/worker.ts`, serviceOrigin)],
    ['hans/fallback.js', bundleScript(`${sitesFolder}hans/fallback.ts`)],
    ['tally/page.js', bundleScript(`${sitesFolder}tally/page/page.ts`)],
  ];
  const sources = new Map(await readAssets(sitesFolder));
  for (const [path, script] of scripts) sources.set(path, await script);
  return sources;
}

/** Bundles a site's own worker, in which the service's requests fall through. */
function bundleOwnWorker(entryPath: string, serviceOrigin: string): Promise<Uint8Array> {
  return bundleWorker(entryPath, {
    imports: [`${serviceOrigin}/fall-through.js`],
    constants: { SERVICE_ORIGIN: serviceOrigin },
  });
}

/** Bundles the worker of the tally, which is itself a service of the platform. */
export function bundleTallyWorker(): Promise<Uint8Array> {
  return bundleWorker(`${sitesFolder}tally/worker.ts`, { imports: ['/connect-worker.js'] });
}

/** Reads the files that every site serves. */
export async function readShared(): Promise<Readonly<Record<string, Uint8Array>>> {
  const tables = [...(await readGoogleSlices())].map(
    ([family, table]) => [`slices/${family}.json`, new TextEncoder().encode(JSON.stringify(table))] as const,
  );
  return {
    'panel.js': await bundleScript(`${panelFolder}panel.ts`),
    'panel.css': await readStyles(panelFolder),
    'like.js': await bundleScript(`${likeFolder}like.ts`),
    'like.css': await readStyles(likeFolder),
    ...Object.fromEntries(tables),
  };
}

/** Reads the style sheets of a folder as one, in the order of their names. */
async function readStyles(folder: string): Promise<Uint8Array> {
  const styles = await readAssets(folder);
  return Buffer.concat([...styles.keys()].sort().map((name) => styles.get(name) ?? new Uint8Array()));
}
