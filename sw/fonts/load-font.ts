import { type FontKey, fontPathOf } from './font-key.ts';
import type { FontStore } from './font-store.ts';
import { isWoff2 } from './is-woff2.ts';
import { NETWORK_DEADLINE_MS } from './limits.ts';

/** Brings fonts from the network, each at most once at a time, and stores them. */
export interface FontLoader {
  /** A copy of a font's bytes; undefined if the network does not give it. Never rejects. */
  load(key: FontKey): Promise<ArrayBuffer | undefined>;
  /** The names of a build's files that are on their way, or not yet stored. */
  underWay(wanted: Omit<FontKey, 'file'>): readonly string[];
}

/** What all requests of ours are made with: nobody learns who asks, or from where. */
export const ANONYMOUS = { credentials: 'omit', referrerPolicy: 'no-referrer' } as const;

/** Creates a loader from the service at `origin`. */
export function createFontLoader(origin: string, store: Pick<FontStore, 'put'>, fetch = globalThis.fetch): FontLoader {
  const flights = new Map<string, { readonly key: FontKey; readonly font: Promise<ArrayBuffer | undefined> }>();

  async function land(path: string, key: FontKey, font: Promise<ArrayBuffer | undefined>): Promise<void> {
    const bytes = await font;
    // Until it is stored, whoever looks for it finds it here.
    if (bytes) await store.put(key, bytes);
    flights.delete(path);
  }

  return {
    async load(key) {
      const path = fontPathOf(key);
      let flight = flights.get(path);
      if (!flight) {
        flight = { key, font: download(origin + path, fetch).catch(() => undefined) };
        flights.set(path, flight);
        void land(path, key, flight.font);
      }
      // Whoever posts it transfers it.
      return (await flight.font)?.slice(0);
    },
    underWay: ({ face, build }) =>
      [...flights.values()].filter(({ key }) => key.face === face && key.build === build).map(({ key }) => key.file),
  };
}

async function download(url: string, fetch: typeof globalThis.fetch): Promise<ArrayBuffer | undefined> {
  const response = await fetch(url, {
    ...ANONYMOUS,
    redirect: 'error',
    signal: AbortSignal.timeout(NETWORK_DEADLINE_MS),
  });
  const bytes = response.ok ? await response.arrayBuffer() : undefined;
  return bytes && isWoff2(bytes) ? bytes : undefined;
}
