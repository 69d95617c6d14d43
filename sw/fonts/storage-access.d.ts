/** Access to storage that sites share: TypeScript's library knows only that to cookies. @see https://privacycg.github.io/saa-non-cookie-storage/ */

interface StorageAccessTypes {
  readonly caches?: boolean;
  readonly indexedDB?: boolean;
  readonly SharedWorker?: boolean;
}

/** What was granted. Browsers that know cookies only give nothing instead. */
interface StorageAccessHandle {
  readonly caches: CacheStorage;
  readonly indexedDB: IDBFactory;
  /** Not a constructor. Missing where there are no shared workers. */
  SharedWorker?(scriptUrl: string, name?: string): SharedWorker;
}

interface Document {
  requestStorageAccess(types: StorageAccessTypes): Promise<StorageAccessHandle | undefined>;
}

interface Window {
  /** What /hub.js leaves where it is loaded as a plain script. */
  readonly serveTypecaseHub?: import('./hub-storage.ts').ServeHub;
}
