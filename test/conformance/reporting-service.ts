import { setTimeout as delay } from 'node:timers/promises';
import type { RawPage } from '../support/raw-chromium-page.ts';
import type { Service, ServiceOptions } from './service-origin.ts';
import type { World } from './world.ts';

/** A service whose worker can tell its server what happens, by `report(text)`: nothing of it goes by the library. */
export interface ReportingService extends Service {
  /** What has been reported, in order: `activate` by itself, the rest by the script. */
  reports(): readonly string[];
  /** Resolves once a report has come so many times; throws after 8 s. */
  whenReported(report: string, count?: number): Promise<void>;
}

const REPORT_PATH = '/reports';
const PATIENCE_MS = 8_000;
const POLL_MS = 20;

const PRELUDE = `
const report = (text) => fetch('${REPORT_PATH}?' + encodeURIComponent(text)).then(() => {});
self.addEventListener('activate', () => void report('activate'));
`;

/** Adds a service whose script can report. */
export function addReportingService(world: World, options: ServiceOptions): ReportingService {
  const routes = { [REPORT_PATH]: { headers: { 'Content-Type': 'text/plain' } }, ...options.routes };
  const service = world.addService({ ...options, script: PRELUDE + options.script, routes });
  const reports = () =>
    service.requests().flatMap(({ path }) => {
      const url = new URL(service.origin + path);
      return url.pathname === REPORT_PATH ? [decodeURIComponent(url.search.slice(1))] : [];
    });
  const whenReported = async (report: string, count = 1) => {
    for (const startedMs = Date.now(); Date.now() - startedMs < PATIENCE_MS; await delay(POLL_MS)) {
      if (reports().filter((one) => one === report).length >= count) return;
    }
    throw new Error(`"${report}" was not reported ${count} times; there is ${JSON.stringify(reports())}`);
  };
  return { ...service, reports, whenReported, setScript: (script) => service.setScript(PRELUDE + script) };
}

/** Has a page fetch the resource that asks for the service's installation; the worker is active a little later. */
export async function askToInstall(page: RawPage, ...services: readonly Service[]): Promise<void> {
  await page.evaluate(
    (urls) => Promise.all(urls.map((url) => fetch(url))).then(() => undefined),
    services.map(({ installUrl }) => installUrl),
  );
}
