/**
 * Measures in Chromium how long text takes until all of it is drawn in its web font, and what that transfers: the page
 * client against Google's slices, the same pages from the same server, over HTTP/2 and TLS, every profile fresh.
 *
 * Expected before it runs: on a slow network slices take their 300 kB and more, the page client a base and one delta of some
 * 60 kB, so less than half the time. On the first page of a site the bridge comes too late to spare anything; on later
 * pages the stores answer. Unthrottled, on loopback, bytes are free: there the page client has its script against it, and
 * loses most of its lead.
 *
 * npm run bench:browser -- [--runs 5] [--network 1.6,4G,un] [--json FILE]
 */
import { writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { buildScripts } from '../../server/cli/build-scripts.ts';
import { ingestFonts } from '../../server/cli/ingest/ingest-fonts.ts';
import { createProgressDisplay } from '../../server/cli/ingest/progress-display.ts';
import { createServiceClient } from '../../server/cli/ingest/service-client.ts';
import { startLocalService } from '../../server/cli/local-service.ts';
import { projectRoot } from '../../server/cli/project-root.ts';
import { clientHead, createPage } from '../support/font-world.ts';
import { forwardTo } from '../support/forward-request.ts';
import { fontPath, quickJob } from '../support/make-pack.ts';
import { type Origin, type OriginServer, startOriginServer } from '../support/origin-server.ts';
import { launchRawChromium } from '../support/raw-chromium.ts';
import type { ThirdPartyCookies } from '../support/spawn-chromium.ts';
import { createTemporaryServiceOptions } from '../support/temporary-service-options.ts';
import { makeTestCertificate } from '../support/test-certificate.ts';
import type { NetworkConditions } from '../support/throttle-network.ts';
import { serveGooglesSlices } from './browser/googles-slices.ts';
import { NETWORKS } from './browser/networks.ts';
import { readPageTexts } from './browser/page-texts.ts';
import { type Meter, measured, type View, viewPage } from './browser/visit.ts';
import { medianOf } from './median-of.ts';

const DELIVERIES = ['slices', 'typecase'] as const;
type Delivery = (typeof DELIVERIES)[number];

/** A row of the table: the medians of some runs. */
type Row = View & {
  readonly network: string;
  readonly cookies: ThirdPartyCookies;
  readonly site: number;
  readonly page: number;
  readonly delivery: Delivery;
};

/** The origins that pages embed, with what they have sent. */
type Sources = Readonly<Record<Delivery, { readonly origin: Origin; readonly meter: Meter }>>;

const { values } = parseArgs({
  options: { json: { type: 'string' }, runs: { type: 'string' }, network: { type: 'string' } },
});
const runs = Number(values.runs ?? 5);
if (!Number.isInteger(runs) || runs < 1 || runs > 50) throw new Error('--runs takes a number from 1 to 50.');
const wanted = values.network?.split(',') ?? [''];
const networks = [...NETWORKS].filter(([name]) => wanted.some((start) => name.startsWith(start)));
if (networks.length === 0) throw new Error(`--network takes the beginnings of: ${[...NETWORKS.keys()].join('; ')}.`);

const certificate = makeTestCertificate();

/** Starts the service with one face, in a state of its own. */
async function startService(): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const options = await createTemporaryServiceOptions();
  const { port, adminToken, stateFolder } = options;
  const service = await startLocalService(options);
  const client = createServiceClient(`http://127.0.0.1:${port}`, adminToken);
  await ingestFonts([quickJob(fontPath('noto-sans-jp'))], client, createProgressDisplay(process.stderr));
  return {
    port,
    stop: async () => {
      await service.stop();
      await rm(stateFolder, { recursive: true });
    },
  };
}

function addSources(server: OriginServer, servicePort: number): Sources {
  const add = (label: string, handler: Parameters<typeof measured>[0]) => {
    const meter = { font: 0, other: 0 };
    return { origin: server.addOrigin(label, { '*': measured(handler, meter) }), meter };
  };
  return { slices: add('google', serveGooglesSlices('noto-sans-jp')), typecase: add('fonts', forwardTo(servicePort)) };
}

const HEADS: Readonly<Record<Delivery, (origin: string) => string>> = {
  slices: (origin) => `<link rel="stylesheet" crossorigin href="${origin}/400.css">`,
  typecase: (origin) => clientHead(origin),
};

/** Adds the sites of a delivery; every page is at `/{number}`. */
function addSites(server: OriginServer, delivery: Delivery, fonts: Origin, texts: readonly (readonly string[])[]) {
  return texts.map((pages, site) => {
    const routes = pages.map((text, page) => {
      const body = createPage(HEADS[delivery](fonts.origin), text);
      return [`/${page + 1}`, { headers: { 'Content-Type': 'text/html' }, body }] as const;
    });
    return server.addOrigin(`${delivery}-${site + 1}`, Object.fromEntries(routes)).origin;
  });
}

/** One visitor: both pages of both sites, one after the other, in a fresh profile. */
async function visitAll(
  urls: readonly string[],
  source: Sources[Delivery],
  cookies: ThirdPartyCookies,
  conditions: NetworkConditions | undefined,
): Promise<readonly View[]> {
  const options = { thirdPartyCookies: cookies, arguments: [certificate.chromiumArgument] };
  const browser = await launchRawChromium(options);
  try {
    if (conditions !== undefined) await browser.throttle(conditions);
    const views: View[] = [];
    for (const url of urls) views.push(await viewPage(browser, url, source.origin, source.meter));
    return views;
  } finally {
    await browser.close();
  }
}

function medianView(views: readonly View[]): View {
  const median = (key: keyof View) => Math.round(medianOf(views.map((view) => view[key])));
  return {
    textDrawnMs: median('textDrawnMs'),
    fontBytes: median('fontBytes'),
    otherBytes: median('otherBytes'),
    requests: median('requests'),
  };
}

function formatRow({ site, page, delivery, textDrawnMs, fontBytes, otherBytes, requests }: Row, rows: readonly Row[]) {
  const slices = rows.find((row) => row.site === site && row.page === page && row.delivery === 'slices');
  const ratio = slices === undefined ? '' : (textDrawnMs / slices.textDrawnMs).toFixed(2);
  const cells = [`site ${site}, page ${page}`, delivery, textDrawnMs, ratio, fontBytes, otherBytes, requests];
  return cells.map((cell, index) => String(cell)[index < 2 ? 'padEnd' : 'padStart'](index === 0 ? 16 : 11)).join(' ');
}

const server = await startOriginServer(certificate);
await buildScripts(projectRoot);
const service = await startService();
const rows: Row[] = [];
try {
  const { source: textSource, sites: texts } = await readPageTexts(`${projectRoot}/../shared/data`);
  console.log(
    `Texts: ${textSource}; distinct characters: ${texts.map((t) => t.map((p) => [...p].length)).join(' / ')}`,
  );
  const sources = addSources(server, service.port);
  const urls = Object.fromEntries(
    DELIVERIES.map((delivery) => {
      const origins = addSites(server, delivery, sources[delivery].origin, texts);
      return [delivery, origins.flatMap((origin) => [`${origin}/1`, `${origin}/2`])];
    }),
  );
  for (const [network, conditions] of networks) {
    for (const cookies of ['allowed', 'blocked'] as const) {
      const measuredRows: Row[] = [];
      for (const delivery of DELIVERIES) {
        const visits: (readonly View[])[] = [];
        for (let run = 0; run < runs; run++) {
          visits.push(await visitAll(urls[delivery] ?? [], sources[delivery], cookies, conditions));
        }
        for (const [index] of (urls[delivery] ?? []).entries()) {
          const views = visits.flatMap((visit) => visit[index] ?? []);
          const where = { network, cookies, site: (index >> 1) + 1, page: (index % 2) + 1, delivery };
          measuredRows.push({ ...where, ...medianView(views) });
        }
      }
      console.log(`\n${network}, third-party cookies ${cookies} (medians of ${runs})`);
      console.log('                 delivery    drawn, ms   of slices  font bytes other bytes    requests');
      for (const row of measuredRows) console.log(formatRow(row, measuredRows));
      rows.push(...measuredRows);
    }
  }
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ rows }, null, 1)}\n`);
} finally {
  await service.stop();
  await server.close();
}
