import { createMiddleware } from 'hono/factory';
import { timingSafeEqual } from 'hono/utils/buffer';
import type { AppEnv } from '../environment.ts';
import { answerProblem } from '../problems.ts';

/** Lets only requests pass that bear the token; compared in constant time, over hashes. */
export function requireToken(token: string | undefined) {
  return createMiddleware<AppEnv>(async (c, next) => {
    if (token === undefined || token === '') {
      return answerProblem(c, {
        status: 503,
        title: 'uploads-off',
        detail: 'Uploads are off: the secret ADMIN_TOKEN is not set.',
      });
    }
    const [, given] = /^Bearer ([\x21-\x7e]+)$/.exec(c.req.header('Authorization') ?? '') ?? [];
    if (given !== undefined && (await timingSafeEqual(given, token))) return next();
    c.header('WWW-Authenticate', 'Bearer');
    const detail =
      given === undefined
        ? 'Send the header “Authorization: Bearer {token}”.'
        : 'This is not the token; it is the secret ADMIN_TOKEN.';
    return answerProblem(c, { status: 401, title: 'unauthorized', detail });
  });
}
