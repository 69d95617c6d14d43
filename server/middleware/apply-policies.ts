import { createMiddleware } from 'hono/factory';
import type { AppEnv } from '../environment.ts';
import { BRIDGE_PATH, CACHE_CONTROL, COMMON_HEADERS, RESOURCE_HEADERS, SCRIPT_HEADERS } from '../policies.ts';

/** Puts the headers of the policies' table on every answer; errors are never stored. */
export function applyPolicies() {
  return createMiddleware<AppEnv>(async (c, next) => {
    c.set('cachePolicy', 'noStore');
    await next();
    const isKept = c.res.status < 400;
    c.header('Cache-Control', CACHE_CONTROL[isKept ? c.var.cachePolicy : 'noStore']);
    for (const [name, value] of Object.entries(headersFor(c.req.path))) {
      c.header(name, value, { append: name === 'Server-Timing' });
    }
  });
}

function headersFor(path: string): Readonly<Record<string, string>> {
  if (path === '/css2' || path.startsWith('/font/')) return { ...COMMON_HEADERS, ...RESOURCE_HEADERS };
  if (path.endsWith('.js') || path === BRIDGE_PATH) return { ...COMMON_HEADERS, ...SCRIPT_HEADERS };
  return COMMON_HEADERS;
}
