import type { Site } from './site-of-host.ts';

/**
 * The headers that a site has on everything it serves.
 *
 * Only `hans` has any: the strictest policy under which the page client and the service's stylesheet work, nothing
 * inline, and isolation from other origins. So it says what a site with a policy of its own must allow.
 */
export function siteHeaders(site: Site, serviceOrigin: string): Readonly<Record<string, string>> {
  if (site !== 'hans') return {};
  return {
    'Content-Security-Policy': formatPolicy(serviceOrigin),
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
  };
}

function formatPolicy(service: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' ${service}`,
    `style-src 'self' ${service}`,
    `font-src ${service}`,
    `connect-src 'self' ${service}`,
    `frame-src ${service}`,
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
