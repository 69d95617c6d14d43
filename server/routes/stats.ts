import { Hono } from 'hono';
import type { AppEnv, Dependencies } from '../environment.ts';
import { createStats } from '../stats.ts';

/** `GET /v1/stats`: what is asked, from where it is answered, what it saves, and how the ledgers are. */
export function createStatsRoutes(dependencies: Dependencies): Hono<AppEnv> {
  const stats = createStats(dependencies);
  return new Hono<AppEnv>().get('/v1/stats', async (c) => {
    const { atMs, faces } = await stats();
    c.set('cachePolicy', 'figures');
    const answered = faces.map(({ usage, ...face }) => ({ ...face, usage: usage ?? null }));
    return c.json({ version: 1, generatedAt: new Date(atMs).toISOString(), faces: answered });
  });
}
