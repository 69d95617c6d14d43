import { DurableObject, waitUntil } from 'cloudflare:workers';
import { createHmac } from 'node:crypto';
import { brotliCompressSync, constants, deflateSync } from 'node:zlib';
import type { FaceId } from '../font-service/identifiers.ts';
import type { Language } from '../font-service/pack/face-meta.ts';
import { DEFAULT_LEAST_SITES } from '../font-service/usage/estimate-shares.ts';
import { createApp } from './app.ts';
import { createBestFileIndex } from './best-file-index.ts';
import { createFontLibrary } from './font-library.ts';
import { createFaceSource } from './ledger/face-source.ts';
import { type Ledger, openLedger } from './ledger.ts';
import type {
  BestFileList,
  LedgerCalls,
  LedgerStatus,
  RecordBatch,
  RecordResult,
  UsagePicture,
} from './ledger-protocol.ts';
import { createObserver, type Observer } from './observer.ts';
import { createPlanShelf } from './plan-shelf.ts';
import { createRateLimiter } from './rate-limiter.ts';
import { createR2BestFileStore } from './stores/best-file-store.ts';
import type { FaceSummary } from './stores/face-store.ts';
import { createR2FaceStore } from './stores/r2-face-store.ts';
import { createR2PlanStore } from './stores/r2-plan-store.ts';
import { createUsageCollector } from './usage-collector.ts';

/** What wrangler.toml binds, and the secrets an operator sets. */
export type Bindings = {
  readonly FONTS: R2Bucket;
  readonly ASSETS: Fetcher;
  readonly LEDGER: DurableObjectNamespace<FaceLedger>;
  readonly ADMIN_TOKEN?: string;
  /** Distinct sites that must have shown a codepoint before a plan knows it; 3 where it is not set. */
  readonly LEAST_SITES?: string;
};

const MIB = 1024 * 1024;
/** Of the 128 MB of an isolate. The largest pack of the tests has a core of 9 MB. */
const PACK_BUDGET_BYTES = 64 * MIB;
const HEAD_BUDGET_BYTES = 4 * MIB;
const CATALOGUE_AGE_MS = 10_000;
/** Against the best: 6 % more bytes in a thirtieth of the time. */
const DELTA_QUALITY = 5;
const BEST_QUALITY = 11;
const TEXT_QUALITY = 9;
const PLAN_BUDGET_BYTES = 4 * MIB;
/** An isolate learns of recompressed files within this time. */
const BEST_FILES_AGE_MS = 60_000;
/** Of one client; a browser asks for a few deltas on a page. Beyond it fonts are served, and not counted. */
const FONT_LIMIT = { perMinute: 120, burst: 120, maxClients: 20_000 };
const REPORT_LIMIT = { perMinute: 30, burst: 30, maxClients: 20_000 };
/** 256 KiB see all of a common delta, and are cheaper to set up than the default of 4 MiB. */
const DELTA_WINDOW_BITS = 18;

function brotli(bytes: Uint8Array<ArrayBuffer>, quality: number, windowBits: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: quality,
        [constants.BROTLI_PARAM_LGWIN]: windowBits,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  );
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

function randomBytes(count: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(count));
}

function keyedHash(key: Uint8Array<ArrayBuffer>, text: string): number {
  return createHmac('sha256', key).update(text).digest().readUInt32BE(0);
}

// biome-ignore lint/suspicious/noConsole: the worker's log is where an operator looks for failures.
const reportFailure = (error: Error) => console.error(error);

function createStock(env: Bindings) {
  const plans = createR2PlanStore(env.FONTS);
  const library = createFontLibrary({
    store: createR2FaceStore(env.FONTS),
    plans: createPlanShelf({
      ...{ store: plans, nowMs: Date.now, keepAlive: waitUntil, reportFailure },
      ...{ budgetBytes: PLAN_BUDGET_BYTES, maxAgeMs: CATALOGUE_AGE_MS },
    }),
    compress: (bytes) => brotli(bytes, DELTA_QUALITY, DELTA_WINDOW_BITS),
    nowMs: Date.now,
    keepAlive: waitUntil,
    packBudgetBytes: PACK_BUDGET_BYTES,
    headBudgetBytes: HEAD_BUDGET_BYTES,
    catalogueAgeMs: CATALOGUE_AGE_MS,
  });
  const readPriors = async (language: Language) => {
    const asset = await env.ASSETS.fetch(`https://assets.invalid/priors/${language}.txt`);
    if (asset.status !== 200) throw new Error(`The priors of ${language} are not among the static files: build them.`);
    return asset.text();
  };
  const bestFileStore = createR2BestFileStore(env.FONTS);
  return { plans, library, bestFileStore, faces: createFaceSource(library, readPriors) };
}

/** One stock an isolate, for requests and ledgers: what it holds in memory serves all. */
let stock: ReturnType<typeof createStock> | undefined;

/** The ledger of one face, by its name. @see https://developers.cloudflare.com/durable-objects/ */
export class FaceLedger extends DurableObject<Bindings> implements LedgerCalls {
  readonly #ledger: Ledger;

  constructor(state: DurableObjectState, env: Bindings) {
    super(state, env);
    stock ??= createStock(env);
    const { library, faces, plans, bestFileStore } = stock;
    this.#ledger = openLedger({
      ...{ storage: state.storage, library, faces, plans, bestFiles: bestFileStore },
      compressBest: (bytes) => brotli(bytes, BEST_QUALITY, constants.BROTLI_DEFAULT_WINDOW),
      ...{ sha256, nowMs: Date.now, randomBytes, keyedHash, reportFailure },
      leastSites: Number(env.LEAST_SITES ?? DEFAULT_LEAST_SITES),
    });
  }

  record(face: FaceId, batch: RecordBatch): Promise<RecordResult> {
    return this.#ledger.record(face, batch);
  }

  tick(face: FaceId): Promise<void> {
    return this.#ledger.tick(face);
  }

  status(): Promise<LedgerStatus> {
    return this.#ledger.status();
  }

  picture(): Promise<UsagePicture | undefined> {
    return this.#ledger.picture();
  }

  bestFiles(build: string, knownVersion: number): Promise<BestFileList | undefined> {
    return this.#ledger.bestFiles(build, knownVersion);
  }

  override alarm(): Promise<void> {
    return this.#ledger.alarm();
  }
}

function createUsageObserver(ledgerOf: (face: FaceId) => LedgerCalls): Observer {
  // Of this isolate alone, and gone with it.
  const salt = randomBytes(32);
  return createObserver({
    collector: createUsageCollector({
      record: (face, batch) => ledgerOf(face).record(face, batch),
      wait: (ms) => scheduler.wait(ms),
      ...{ keepAlive: waitUntil, reportFailure },
    }),
    fontLimiter: createRateLimiter(FONT_LIMIT, Date.now),
    reportLimiter: createRateLimiter(REPORT_LIMIT, Date.now),
    hideClient: (client) => keyedHash(salt, client),
  });
}

function createHandler(env: Bindings) {
  stock ??= createStock(env);
  const { library, bestFileStore } = stock;
  const ledgerOf = (face: FaceId): LedgerCalls => env.LEDGER.getByName(face) as unknown as LedgerCalls;
  const bestFiles = createBestFileIndex({
    bestFiles: (face, ...known) => ledgerOf(face).bestFiles(...known),
    ...{ nowMs: Date.now, keepAlive: waitUntil, maxAgeMs: BEST_FILES_AGE_MS, reportFailure },
  });
  const compressText = (bytes: Uint8Array<ArrayBuffer>) => brotli(bytes, TEXT_QUALITY, constants.BROTLI_DEFAULT_WINDOW);
  return createApp({
    ...{
      library,
      bestFiles,
      bestFileStore,
      sha256,
      compressText,
      keepAlive: waitUntil,
      reportFailure,
      nowMs: Date.now,
    },
    deflate: (bytes) => new Uint8Array(deflateSync(bytes)),
    ...{ edgeCache: caches.default, assets: env.ASSETS, adminToken: env.ADMIN_TOKEN },
    observer: createUsageObserver(ledgerOf),
    ledgers: {
      tick: (face) => ledgerOf(face).tick(face),
      status: (face) => ledgerOf(face).status(),
      picture: (face) => ledgerOf(face).picture(),
    },
  });
}

/** One application an isolate: what it holds in memory serves all its requests. */
let application: ReturnType<typeof createHandler> | undefined;

export default {
  fetch(request: Request, env: Bindings, context: ExecutionContext): Response | Promise<Response> {
    application ??= createHandler(env);
    return application.fetch(request, env, context);
  },

  /**
   * Has each ledger do what is due, and waits for it.
   *
   * Planning 30,890 codepoints takes a ledger 0.4 to 0.8 s of CPU time in local workerd (`npm run bench:ledger`), of the 30 s that a
   * Durable Object's request may take by default; this event itself, of 30 s too as it comes more often than hourly, takes none of it.
   * @see https://developers.cloudflare.com/durable-objects/platform/limits/
   */
  async scheduled(_: ScheduledController, env: Bindings): Promise<void> {
    stock ??= createStock(env);
    const faces = await stock.library.faces();
    const tick = ({ face }: FaceSummary) => env.LEDGER.getByName(face).tick(face).catch(reportFailure);
    await Promise.all(faces.map(tick));
  },
};
