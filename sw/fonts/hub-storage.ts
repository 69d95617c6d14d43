/** The storage that a hub works on: one for all sites. */
export type HubStorage = { readonly caches: CacheStorage; readonly indexedDB: IDBFactory };

/** Serves a client's port; what `/hub.js` leaves as `serveTypecaseHub` in a frame. */
export type ServeHub = (port: MessagePort, storage: HubStorage) => void;
