import { askForeign, createFallingFetch } from '../client/ask-foreign.ts';
import { isEligible } from '../decisions/is-eligible.ts';
import { message } from '../protocol.ts';
import { readList, SERVICES_KEY, writeList } from '../store.ts';
import { findBroker, post } from './windows.ts';

declare const self: ServiceWorkerGlobalScope;

const nativeFetch = self.fetch.bind(self);
const services = new Set<string>();
let isLoaded = false;
let loading: Promise<void>;
let isHandling = () => false;

async function loadServices(): Promise<void> {
  for (const origin of await readList<string>(SERVICES_KEY)) services.add(origin);
  isLoaded = true;
}

/** Notes an origin whose worker handles requests of others. */
export async function addService(origin: string): Promise<void> {
  await loading;
  if (services.has(origin)) return;
  services.add(origin);
  await writeList(SERVICES_KEY, [...services]);
}

/** Whether a request may concern a service; while it is not known which there are, any may. */
function mayFallThrough(request: Request): boolean {
  return (
    isEligible(request, self.location.origin) &&
    !request.integrity &&
    (!isLoaded || services.has(new URL(request.url).origin))
  );
}

/** What the foreign worker answers; undefined leaves it to the network. */
async function consult(request: Request): Promise<Response | undefined> {
  await loading;
  if (!mayFallThrough(request) || isHandling()) return undefined;
  const broker = await findBroker();
  return broker && askForeign(request, (sent, transfer) => void post(broker, sent, transfer));
}

/** Asks the network, and has a window install what the answer asks for. */
async function fetchWatching(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const response = await nativeFetch(input, init);
  const script = response.headers.get('Service-Worker-Script');
  if (script && response.url) {
    const wish = message('install', {
      url: response.url,
      script,
      scope: response.headers.get('Service-Worker-Scope'),
      to: new URL(response.url).origin,
    });
    void findBroker().then((broker) => broker && post(broker, wish));
  }
  return response;
}

/**
 * The saving throw: a request that no listener of this worker has answered is offered to the foreign worker.
 *
 * `respondWith` keeps later listeners from running, so the last one only sees requests that are left.
 * @see explainer, "Solving the Fonts Problem"
 */
function rescue(event: FetchEvent): void {
  if (Object.hasOwn(event, 'isFallThrough') || !mayFallThrough(event.request)) return;
  event.respondWith(consult(event.request).then((answer) => answer ?? fetchWatching(event.request)));
}

/**
 * Has this worker's requests fall through: those of its pages, its own `fetch()`, and `Cache.add()`, which goes by it.
 *
 * While `handling` says that this worker answers a foreign request, what it fetches falls through to nobody.
 */
export function interceptRequests(handling = isHandling): void {
  isHandling = handling;
  loading = loadServices();
  self.addEventListener('fetch', rescue);
  // The application's listeners are added while the script runs; this one comes after them.
  queueMicrotask(() => {
    self.removeEventListener('fetch', rescue);
    self.addEventListener('fetch', rescue);
  });
  self.fetch = createFallingFetch(fetchWatching, consult, () => !isLoaded || services.size > 0);
  const { addAll } = Cache.prototype;
  Cache.prototype.addAll = async function (this: Cache, inputs: RequestInfo[]) {
    await loading;
    const requests = inputs.map((input) => new Request(input));
    if (!requests.some(mayFallThrough)) return addAll.call(this, inputs);
    const responses = await Promise.all(requests.map((request) => self.fetch(request)));
    if (responses.some(({ ok, status }) => !ok || status === 206))
      throw new TypeError('A request failed; nothing is stored.');
    await Promise.all(requests.map((request, i) => this.put(request, responses[i] as Response)));
  };
  Cache.prototype.add = function (input) {
    return this.addAll([input as RequestInfo]);
  };
}
