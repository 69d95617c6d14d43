import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { startDemoSites } from '../../demo-sites/serve.ts';
import { buildScripts } from './build-scripts.ts';
import { defaultFonts } from './ingest/default-fonts.ts';
import { ingestFonts } from './ingest/ingest-fonts.ts';
import { createProgressDisplay } from './ingest/progress-display.ts';
import { createServiceClient } from './ingest/service-client.ts';
import { startLocalService } from './local-service.ts';
import { projectRoot } from './project-root.ts';
import { adminTokenPath, stateFolder } from './state-paths.ts';

function portOf(name: string, usual: number): number {
  const port = Number(process.env[name] ?? usual);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`${name}=${process.env[name]} is no port: 1 to 65535.`);
  return port;
}

/** The local service's token: made once, so that npm run ingest finds it too. */
async function ensureAdminToken(): Promise<string> {
  await mkdir(stateFolder, { recursive: true });
  const known = await readFile(adminTokenPath, 'utf8').catch(() => undefined);
  if (known !== undefined) return known;
  const token = randomBytes(24).toString('base64url');
  await writeFile(adminTokenPath, token, { mode: 0o600 });
  await chmod(adminTokenPath, 0o600);
  return token;
}

/** npm passes no SIGTERM on: what ends it alone would leave the service behind. */
function whenOrphaned(stop: () => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, PARENT_POLL_MS);
  watch.unref();
}

const PARENT_POLL_MS = 500;
const TICK_MS = 60_000;
/** The demo has few sites; a plan shall learn of one. */
const DEMO_LEAST_SITES = 1;

async function main(): Promise<void> {
  const port = portOf('PORT', 8787);
  const demoPort = portOf('DEMO_PORT', 8788);
  const serviceOrigin = `http://fonts.localhost:${port}`;
  const adminToken = await ensureAdminToken();
  await buildScripts(projectRoot);
  const service = await startLocalService({ port, adminToken, stateFolder, leastSites: DEMO_LEAST_SITES });
  const stop = () => void service.stop().finally(() => process.exit(0));
  process.once('SIGINT', stop).once('SIGTERM', stop).once('SIGHUP', stop);
  whenOrphaned(stop);
  try {
    const client = createServiceClient(serviceOrigin, adminToken);
    const { refused } = await ingestFonts(defaultFonts(), client, createProgressDisplay(process.stderr));
    if (refused > 0) throw new Error('Not all fonts could be ingested; see above.');
    const demo = await startDemoSites({ port: demoPort, serviceOrigin });
    // Local workerd has no cron. What fails is in the service's log, and tried again.
    setInterval(() => void client.tick().catch(() => undefined), TICK_MS).unref();
    console.log(`demo:  ${demo.origin('demo')}`);
    console.log(`ready: ${serviceOrigin}`);
  } catch (error) {
    await service.stop();
    throw error;
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
