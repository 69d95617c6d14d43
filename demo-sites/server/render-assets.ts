import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { contentTypes } from './content-types.ts';
import { fillTemplate } from './fill-template.ts';
import type { AssetSources } from './read-assets.ts';
import { siteHeaders } from './site-headers.ts';
import { type Site, sites } from './site-of-host.ts';

/** A file as it goes out; `headers` are those that it has beside every file's. */
export type Asset = {
  readonly contentType: string;
  readonly etag: string;
  readonly body: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
};

/** What each site serves, by URL path. `404` is not a path and so only ever the answer to a miss. */
export type SiteAssets = Readonly<Record<Site, ReadonlyMap<string, Asset>>>;

/** Turns the files of all sites into what is served: pages filled in and named by URL path, shared files in every site. */
export function renderAssets(
  sources: AssetSources,
  shared: Readonly<Record<string, Uint8Array>>,
  values: Readonly<Record<string, string>> & { readonly service: string },
): SiteAssets {
  const rendered = sites.map((site) => [site, renderSite(site, sources, shared, values)] as const);
  return Object.fromEntries(rendered) as Record<Site, ReadonlyMap<string, Asset>>;
}

function renderSite(
  site: Site,
  sources: AssetSources,
  shared: Readonly<Record<string, Uint8Array>>,
  values: Readonly<Record<string, string>> & { readonly service: string },
): ReadonlyMap<string, Asset> {
  const assets = new Map<string, Asset>();
  const headers = siteHeaders(site, values.service);
  const add = (path: string, name: string, body: Uint8Array) =>
    assets.set(path, { ...createAsset(name, body), headers });
  for (const [name, body] of Object.entries(shared)) add(`/${name}`, name, body);
  for (const [path, body] of sources) {
    if (!path.startsWith(`${site}/`)) continue;
    const name = path.slice(site.length + 1);
    add(urlPathOf(name), name, name.endsWith('.html') ? fillPage(body, values) : body);
  }
  return assets;
}

/** `index.html` is `/`, `tategaki.html` is `/tategaki`, `404.html` is no path at all. */
function urlPathOf(name: string): string {
  if (name === 'index.html') return '/';
  return name === '404.html' ? '404' : `/${name.replace(/\.html$/, '')}`;
}

function fillPage(page: Uint8Array, values: Readonly<Record<string, string>>): Uint8Array {
  return new TextEncoder().encode(fillTemplate(new TextDecoder().decode(page), values));
}

/** Makes an asset of bytes; throws for a name whose extension has no content type. */
export function createAsset(name: string, body: Uint8Array): Asset {
  const contentType = contentTypes.get(extname(name));
  if (contentType === undefined) throw new Error(`${name} has no content type`);
  return { contentType, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`, body };
}
