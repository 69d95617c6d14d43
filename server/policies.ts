/** How long an answer may be kept, by what it is. */
export const CACHE_CONTROL = {
  /** Its URL holds the build: it never changes. */
  immutable: 'public, max-age=31536000, immutable',
  /** Names the current builds, as stylesheets do, or is a script that such pages embed: an older one keeps working. */
  embedded: 'public, max-age=3600, stale-while-revalidate=604800',
  catalogue: 'public, max-age=60, stale-while-revalidate=3600',
  /** What changes with every request, and need not be newer than this. */
  figures: 'public, max-age=5',
  /** A worker's script, or the bridge: one version at a time. */
  script: 'public, max-age=0, must-revalidate',
  /** An error, or an answer to one client: the next may be another. */
  noStore: 'no-store',
} as const;

export type CachePolicy = keyof typeof CACHE_CONTROL;

/** What every answer carries. */
export const COMMON_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Access-Control-Allow-Origin': '*',
} as const;

/**
 * What stylesheets and fonts carry besides: they ask clients to install the fonts worker, and let pages time them.
 *
 * @see explainer, "Mommy, Where Do Service Workers Come From?"
 */
export const RESOURCE_HEADERS = {
  'Service-Worker-Script': '/sw.js',
  'Service-Worker-Scope': '/',
  'Access-Control-Expose-Headers': 'Service-Worker-Script, Service-Worker-Scope, Server-Timing, ETag',
  /** What pages can read of resources that they load without CORS: that the headers above are there. */
  'Server-Timing': 'service-worker;desc="/sw.js"',
  'Timing-Allow-Origin': '*',
} as const;

/** Where pages of other sites load the bridge to this origin's service worker. */
export const BRIDGE_PATH = '/.well-known/navigator-connect';

/** What scripts and the bridge carry besides: pages with COEP may load them, and the worker's scope may be the whole origin. */
export const SCRIPT_HEADERS = {
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Service-Worker-Allowed': '/',
  'Timing-Allow-Origin': '*',
} as const;
