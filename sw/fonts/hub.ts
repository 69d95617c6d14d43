/// <reference lib="webworker" />
import { createFaceIndex } from './face-index.ts';
import { createFontStore } from './font-store.ts';
import type { HubStorage, ServeHub } from './hub-storage.ts';
import { createFontLoader } from './load-font.ts';
import { openStore } from './open-store.ts';
import { readQuota } from './read-quota.ts';
import { servePort } from './serve-port.ts';

/**
 * The hub: the store that all sites share, where the browser allows it. It runs as a SharedWorker, which all bridges of the
 * browser reach; in a frame, as a plain script, where there is none or it does not start: on the same storage then.
 *
 * What a site can learn here of other sites. Which fonts the hub holds tells what pages elsewhere have drawn: `isStored`
 * says it, time would say it without, and a stored delta is, whole, the set that some page lacked at some moment. Pages
 * therefore ask the hub only for base files and for codepoints that are common in the language (tier 0 of the plan); those
 * of rare text stay with each site. A hostile site can ask for what it likes, but finds only what others have asked for:
 * that common characters were drawn in a face, in which combinations, and, by what has been evicted, roughly when. Who knows
 * a page's exact common characters can so suspect that it was visited; who it is that has visited, or from which site, is
 * stored nowhere. Two sites that conspire can leave each other marks; where the hub is there, third-party cookies let
 * them do the same. What pages send to be kept is not taken: no site's bytes reach another.
 */
declare const self: SharedWorkerGlobalScope & { serveTypecaseHub?: ServeHub };

function createServer({ caches, indexedDB }: HubStorage): (port: MessagePort) => void {
  const { origin } = self.location;
  const index = createFaceIndex(openStore(indexedDB, 'typecase', 'faces'));
  const store = createFontStore({ origin, caches, index, quotaBytes: readQuota, nowMs: Date.now });
  const loader = createFontLoader(origin, store);
  return (port) => servePort(port, store, loader, true);
}

const isWorker = 'SharedWorkerGlobalScope' in self;

if (isWorker) {
  const serve = createServer(self);
  self.onconnect = ({ ports: [bridge] }) => {
    if (!bridge) return;
    bridge.onmessage = ({ ports: [client] }) => client && serve(client);
    // Only then may the bridge give ports away.
    bridge.postMessage('ready');
  };
} else {
  let serve: ReturnType<typeof createServer> | undefined;
  self.serveTypecaseHub = (port, storage) => {
    serve ??= createServer(storage);
    serve(port);
  };
}
