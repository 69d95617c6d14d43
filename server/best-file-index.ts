import type { BuildId, FaceId } from '../font-service/identifiers.ts';
import type { LedgerCalls } from './ledger-protocol.ts';
import type { KeepAlive } from './stores/lru-cache.ts';

/** Which files are stored recompressed, as far as this isolate knows: an answer costs no question. */
export interface BestFileIndex {
  has(face: FaceId, build: BuildId, name: string): boolean;
  /** Has the list of a build that exists brought up to date, in the background, where it is old. */
  refresh(face: FaceId, build: BuildId): void;
}

/** What an index works with. */
export type BestFileIndexOptions = {
  readonly bestFiles: (
    face: FaceId,
    ...args: Parameters<LedgerCalls['bestFiles']>
  ) => ReturnType<LedgerCalls['bestFiles']>;
  readonly nowMs: () => number;
  readonly keepAlive: KeepAlive;
  readonly maxAgeMs: number;
  readonly reportFailure: (error: Error) => void;
};

/** Builds whose lists are held, some 100 kB each. */
const MAX_BUILDS = 64;

type List = { version: number; names: ReadonlySet<string>; untilMs: number };

/** Creates an index that knows nothing yet. */
export function createBestFileIndex(options: BestFileIndexOptions): BestFileIndex {
  const { bestFiles, nowMs, keepAlive, maxAgeMs, reportFailure } = options;
  const lists = new Map<string, List>();

  async function update(list: List, face: FaceId, build: BuildId): Promise<void> {
    const newer = await bestFiles(face, build, list.version);
    if (newer === undefined) return;
    list.version = newer.version;
    list.names = new Set(newer.names);
  }

  return {
    has: (face, build, name) => lists.get(`${face}/${build}`)?.names.has(name) ?? false,
    refresh: (face, build) => {
      const key = `${face}/${build}`;
      const list = lists.get(key) ?? { version: 0, names: new Set(), untilMs: 0 };
      if (nowMs() < list.untilMs) return;
      list.untilMs = nowMs() + maxAgeMs;
      lists.delete(key);
      lists.set(key, list);
      for (const oldest of lists.keys()) if (lists.size > MAX_BUILDS) lists.delete(oldest);
      keepAlive(update(list, face, build).catch(reportFailure));
    },
  };
}
