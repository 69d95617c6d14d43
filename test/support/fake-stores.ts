/** A store that a page can connect to: what it holds, `base-0` or the text of a delta. */
type FakeStore = {
  readonly holds?: readonly string[];
  readonly delayMs?: number;
  /** What it leaves without an answer. */
  readonly ignores?: readonly ('find' | 'fetch')[];
  /** What it answers instead of fonts. */
  readonly fonts?: unknown;
  /** Whether its fonts are none. */
  readonly isBroken?: boolean;
};

/** What the service answers to `navigator.connect()`; a name that is missing is refused, `hung` never answered. */
export type FakeStores = {
  readonly greeting?: { readonly mode: 'hub' | 'site'; readonly isInstalled: boolean };
  readonly hub?: FakeStore | 'hung';
  readonly worker?: FakeStore | 'hung';
};

/** Formats a script that gives a page a `navigator.connect()` of its own, and `told`, what it has told the stores. */
export function formatStoresScript(stores: FakeStores, origin: string): string {
  return `<script>const __name = (named) => named; (${installStores})(${JSON.stringify({ stores, origin })})</script>`;
}

/** Runs in the page: self-contained. */
function installStores({ stores, origin }: { stores: FakeStores; origin: string }): void {
  type Asked = { ask: string; id: number; files: string[]; codepoints: Uint32Array; file: string };
  const told: string[] = [];
  const font = fetch(`${origin}/any.woff2`).then((response) => response.arrayBuffer());
  const pause = (ms = 0) => new Promise((resolve) => setTimeout(resolve, ms));

  const answer = async ({ holds = [], delayMs, fonts, isBroken }: FakeStore, { ask, id, files, codepoints }: Asked) => {
    await pause(delayMs);
    const text = String.fromCodePoint(...codepoints);
    const fetched = ask === 'fetch' ? [...files, ...(text ? [text] : [])] : [];
    const held = [...new Set([...holds, ...fetched])].filter(
      (file) => files.includes(file) || [...file].some((character) => text.includes(character)),
    );
    const bytes = await font;
    const sent = held.map((file) => {
      const points = Array.from(file.startsWith('base-') ? '' : file, (character) => character.codePointAt(0) ?? 0);
      const name = points.length ? `d/${file}` : file;
      const isStored = holds.includes(file);
      return {
        file: name,
        codepoints: Uint32Array.from(points),
        bytes: isBroken ? new ArrayBuffer(8) : bytes.slice(0),
        isStored,
      };
    });
    return { id, fonts: fonts ?? sent };
  };

  const connect = async (url: string) => {
    const name = url.endsWith('/hub') ? 'hub' : 'worker';
    const store = stores[name];
    if (store === undefined) throw new DOMException('The connection was not established.', 'AbortError');
    if (store === 'hung') return new Promise(() => {});
    const { port1, port2 } = new MessageChannel();
    port2.onmessage = async ({ data }: MessageEvent<Asked>) => {
      const { ask, file, files = [file], codepoints = [] } = data;
      told.push([name, ask, ...files, String.fromCodePoint(...codepoints)].join(' ').trim());
      if (ask === 'keep' || store.ignores?.includes(ask as 'find')) return;
      port2.postMessage(await answer(store, data));
    };
    if (name === 'hub') port2.postMessage(stores.greeting);
    return port1;
  };
  Object.assign(window, { told });
  Object.assign(navigator, { connect });
}
