import type { SentFont } from '../fonts/protocol.ts';
import type { Face } from './face.ts';
import { codepointsOf, filesOf, type Part } from './parts.ts';
import { typecase } from './progress.ts';

/** The stores that are asked: the one that sites share, and this site's. */
type StoreName = 'hub' | 'worker';

/** What stores have answered to their last ask. */
export type Answers = { [name in StoreName]?: readonly SentFont[] };

/** The stores of a service that this page can reach. */
export type Stores = {
  /**
   * Asks the stores what they hold, or to fetch what they lack; `ofWorker` is undefined where this site's is not asked.
   *
   * Resolves when all have answered that can, which may be never.
   */
  ask(
    what: 'find' | 'fetch',
    face: Face,
    answers: Answers,
    ofHub: Iterable<Part>,
    ofWorker?: Iterable<Part>,
  ): Promise<unknown>;
  /** Gives the store of this site a font, once there is such a store. */
  keep(face: Face, file: string, bytes: ArrayBuffer): Promise<void>;
};

/** How often the store of this site is looked for while its worker is being installed; each time takes some 5 s. */
const KEEP_TRIES = 4;

const opened = new Map<string, Stores>();
const nothing = () => {};
let lastId = 0;

/** The stores of a service, once for each origin. */
export function openStores(origin: string): Stores {
  const stores = opened.get(origin) ?? createStores(origin);
  opened.set(origin, stores);
  return stores;
}

function createStores(origin: string): Stores {
  let hub: MessagePort | undefined;
  let hasWorker = false;
  // A port to the worker ends with it, so each ask has one of its own.
  const connectWorker = () => connect(`${origin}/font`);
  const greet = async () => {
    // A turn later the platform's client is there, whose script comes after this one.
    await 0;
    const port = await connect(`${origin}/hub`);
    const { data } = await new Promise<MessageEvent>((resolve) => {
      port.onmessage = resolve;
    });
    hasWorker = data.isInstalled;
    if (data.mode === 'hub') hub = port;
  };
  const greeting = greet().catch(nothing);
  return {
    ask: async (what, { face, build }, answers, ofHub, ofWorker) => {
      await greeting;
      const askOne = (from: StoreName, port: MessagePort, parts: Iterable<Part>) =>
        new Promise<void>((resolve) => {
          const id = ++lastId;
          port.addEventListener('message', ({ data }) => {
            if (data?.id !== id) return;
            if (typecase.mode !== 'hub') typecase.mode = from === 'hub' ? from : 'site';
            answers[from] = Array.from(data.fonts ?? []);
            resolve();
          });
          port.start();
          port.postMessage({ ask: what, id, face, build, files: filesOf(parts), codepoints: codepointsOf(parts) });
        });
      await Promise.all([
        hub && askOne('hub', hub, ofHub),
        hasWorker && ofWorker && connectWorker().then((port) => askOne('worker', port, ofWorker), nothing),
      ]);
    },
    keep: async ({ face, build }, file, bytes) => {
      for (let tries = KEEP_TRIES; tries--; ) {
        const port = await connectWorker().catch(nothing);
        if (!port) continue;
        port.postMessage({ ask: 'keep', face, build, file, bytes }, [bytes]);
        hasWorker = true;
        return;
      }
    },
  };
}

/** Connects; rejects at once in a page that cannot, which would hear of it only after seconds. */
async function connect(url: string): Promise<MessagePort> {
  if (!isSecureContext) throw 0;
  return navigator.connect(url);
}
