import type { BestFileIndex } from './best-file-index.ts';
import type { FontLibrary } from './font-library.ts';
import type { LedgerDirectory } from './ledger-protocol.ts';
import type { Observer } from './observer.ts';
import type { CachePolicy } from './policies.ts';
import type { BestFileStore } from './stores/best-file-store.ts';
import type { KeepAlive } from './stores/lru-cache.ts';

/** What the application borrows from its surroundings; only worker.ts knows where it comes from. */
export type Dependencies = {
  readonly library: FontLibrary;
  /** What was recompressed: which files, and their bytes. */
  readonly bestFiles: BestFileIndex;
  readonly bestFileStore: Pick<BestFileStore, 'read'>;
  /** Told of what is asked for. */
  readonly observer: Observer;
  /** The ledgers of all faces, for their operator. */
  readonly ledgers: LedgerDirectory;
  readonly nowMs: () => number;
  /** Finished responses by URL, shared by all isolates of a place. */
  readonly edgeCache: Pick<Cache, 'match' | 'put'>;
  /** Static files by path. */
  readonly assets: Pick<Fetcher, 'fetch'>;
  /** What uploads must bear; undefined where uploads are off. */
  readonly adminToken: string | undefined;
  readonly sha256: (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;
  /** Lets work go on that other requests wait for. */
  readonly keepAlive: KeepAlive;
  /** Told of every error that is ours. */
  readonly reportFailure: (error: Error) => void;
  /** Brotli for text that is answered at once. */
  readonly compressText: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;
  /** For the dashboard's pictures. */
  readonly deflate: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;
};

/** Hono's types for this application. */
export type AppEnv = { readonly Variables: { cachePolicy: CachePolicy } };
