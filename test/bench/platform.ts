/**
 * Measures sw/platform in Chromium against plain network requests of the same run, on loopback.
 *
 * Expected before it runs: a request to a loopback server costs about a millisecond, which flatters the network: real ones
 * cost tens. A cold connection loads a frame, and installs and starts a worker: tens of requests' worth. A warm one is a few
 * messages. A worker that was stopped adds its start. Messages over a raw port beat any request; those over stored ports go by
 * the bridge and the browser's process. 200 KB over a port should beat 200 KB over the network, as nothing is parsed.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildScripts } from '../../server/cli/build-scripts.ts';
import { projectRoot } from '../../server/cli/project-root.ts';
import { readPlatformFiles } from '../conformance/platform-files.ts';
import { createWorld, type World } from '../conformance/world.ts';
import { startOriginServer } from '../support/origin-server.ts';
import { launchRawChromium } from '../support/raw-chromium.ts';
import { medianOf } from './median-of.ts';

/** What a scenario took, in milliseconds, sample by sample. */
type Samples = Record<string, number[]>;

const COLD_SAMPLES = 15;
const WARM_SAMPLES = 40;
const PAYLOAD_BYTES = 200_000;

const SERVICE = `
  self.addEventListener('install', () => self.skipWaiting());
  self.addEventListener('connect', (event) => {
    if (event.targetUrl.endsWith('/stored')) self.ports.add('bench', event.port);
    else event.port.onmessage = ({ data }) =>
      event.port.postMessage(data === 'payload' ? new Uint8Array(${PAYLOAD_BYTES}) : data);
  });
  self.ports.onmessage = ({ data, source }) => source.postMessage(data);
`;
const CLIENT_WORKER = `
  self.addEventListener('install', () => self.skipWaiting());
  self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
  const waiting = [];
  self.ports.onmessage = ({ data }) => waiting.shift()?.(data);
  self.addEventListener('message', ({ data, ports: [reply], waitUntil }) => {
    if (!reply) return;
    const work = async () => {
      if (data.connect) self.ports.add('bench', await navigator.connect(data.connect));
      const [port] = await self.ports.match('bench');
      const answered = new Promise((resolve) => waiting.push(resolve));
      port.postMessage('ping');
      reply.postMessage(await answered);
    };
    void work();
  });
`;

/** What runs in the page: each function takes one sample, or several, in milliseconds. */
const page = {
  connectCold: async (installUrl: string, origin: string) => {
    await (await fetch(installUrl)).text();
    const startedMs = performance.now();
    await navigator.connect(`${origin}/raw`);
    return performance.now() - startedMs;
  },
  connect: async (url: string) => {
    const startedMs = performance.now();
    const port = await navigator.connect(url);
    const tookMs = performance.now() - startedMs;
    port.close();
    return tookMs;
  },
  request: async (url: string, count: number) => {
    const samples: number[] = [];
    for (let i = 0; i < count; i++) {
      const startedMs = performance.now();
      await (await fetch(url, { cache: 'no-store' })).arrayBuffer();
      samples.push(performance.now() - startedMs);
    }
    return samples;
  },
  roundTrips: async (url: string, message: string, count: number) => {
    const port = await navigator.connect(url);
    const samples: number[] = [];
    for (let i = 0; i < count; i++) {
      const startedMs = performance.now();
      await new Promise((resolve) => {
        port.onmessage = resolve;
        port.postMessage(message);
      });
      samples.push(performance.now() - startedMs);
    }
    return samples;
  },
  openStored: async (url: string) => {
    Object.assign(window, { storedPort: await navigator.connect(url) });
  },
  storedRoundTrip: async () => {
    const { storedPort } = window as unknown as { storedPort: MessagePort };
    const startedMs = performance.now();
    await new Promise((resolve) => {
      storedPort.onmessage = resolve;
      storedPort.postMessage('ping');
    });
    return performance.now() - startedMs;
  },
  registerWorker: async () => {
    await navigator.serviceWorker.register('/sw.js');
    if (navigator.serviceWorker.controller) return;
    await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve));
  },
  askWorker: async (data: unknown) => {
    const { active } = await navigator.serviceWorker.ready;
    const { port1, port2 } = new MessageChannel();
    const startedMs = performance.now();
    await new Promise((resolve) => {
      port1.onmessage = resolve;
      active?.postMessage(data, [port2]);
    });
    return performance.now() - startedMs;
  },
};

const CORS = { 'Access-Control-Allow-Origin': '*' };

async function measure(world: World): Promise<Samples> {
  const service = world.addService({
    script: SERVICE,
    routes: {
      '/small': { headers: CORS, body: 'ok' },
      '/payload': { headers: CORS, body: new Uint8Array(PAYLOAD_BYTES) },
    },
  });
  const { origin } = service;
  const samples: Samples = {};
  const note = (name: string, ...taken: readonly number[]) => {
    samples[name] = [...(samples[name] ?? []), ...taken];
  };
  const stop = () => world.browser.stopWorkers(() => true);
  for (let i = 0; i < COLD_SAMPLES; i++) {
    const fresh = await world.openPage(world.addSite());
    note(
      'connect, cold: frame, installation, worker start',
      await fresh.evaluate(page.connectCold, service.installUrl, origin),
    );
    await fresh.close();
  }
  const client = await world.openPage(world.addSite({ workerScript: CLIENT_WORKER }));
  await client.evaluate(page.connectCold, service.installUrl, origin);
  note('request, small', ...(await client.evaluate(page.request, `${origin}/small`, WARM_SAMPLES)));
  note('request, 200 KB', ...(await client.evaluate(page.request, `${origin}/payload`, WARM_SAMPLES)));
  note('port, small', ...(await client.evaluate(page.roundTrips, `${origin}/raw`, 'ping', WARM_SAMPLES)));
  note('port, 200 KB', ...(await client.evaluate(page.roundTrips, `${origin}/raw`, 'payload', WARM_SAMPLES)));
  await client.evaluate(page.openStored, `${origin}/stored`);
  for (let i = 0; i < WARM_SAMPLES; i++) {
    note('connect, warm', await client.evaluate(page.connect, `${origin}/raw`));
    note('stored port, small', await client.evaluate(page.storedRoundTrip));
  }
  for (let i = 0; i < COLD_SAMPLES; i++) {
    await stop();
    note('connect, worker stopped', await client.evaluate(page.connect, `${origin}/raw`));
    await stop();
    note('stored port, worker stopped', await client.evaluate(page.storedRoundTrip));
  }
  await client.evaluate(page.registerWorker);
  await client.evaluate(page.askWorker, { connect: `${origin}/stored` });
  for (let i = 0; i < COLD_SAMPLES; i++) {
    note('worker to worker, both running', await client.evaluate(page.askWorker, {}));
    await stop();
    note('worker to worker, both stopped', await client.evaluate(page.askWorker, {}));
  }
  return samples;
}

/** Which request a figure is set against: the network's answer of the same size. */
function baselineOf(name: string): string {
  return name.includes('200 KB') ? 'request, 200 KB' : 'request, small';
}

const { values } = parseArgs({ options: { json: { type: 'string' } } });
await buildScripts(projectRoot);
const browser = await launchRawChromium({ thirdPartyCookies: 'allowed' });
const server = await startOriginServer();
const base = { browser, cookies: 'allowed', server, platform: await readPlatformFiles() } as const;
const { world, dispose } = createWorld(base, 'bench');
try {
  const samples = await measure(world);
  const medians = Object.fromEntries(Object.entries(samples).map(([name, taken]) => [name, medianOf(taken)]));
  const rows = Object.entries(medians).map(([name, medianMs]) => ({
    name,
    medianMs: Number(medianMs.toFixed(2)),
    ratio: Number((medianMs / (medians[baselineOf(name)] ?? Number.NaN)).toFixed(2)),
    samples: samples[name]?.length ?? 0,
  }));
  for (const { name, medianMs, ratio, samples } of rows) {
    console.log(
      `${name.padEnd(50)} ${medianMs.toFixed(2).padStart(8)} ms ${ratio.toFixed(2).padStart(7)} x  (n = ${samples})`,
    );
  }
  console.log('Ratios are to a plain network request, over loopback, of the same size and run.');
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ rows }, undefined, 2)}\n`);
} finally {
  await dispose();
  await browser.close();
  await server.close();
}
