import { Hono } from 'hono';
import type { AppEnv, Dependencies } from '../environment.ts';

/** `GET /healthz`: whether the store answers, and how many faces it lists. */
export function createHealthRoutes({ library }: Dependencies): Hono<AppEnv> {
  return new Hono<AppEnv>().get('/healthz', async (c) =>
    c.json({ status: 'ok', faces: (await library.faces()).length }),
  );
}
