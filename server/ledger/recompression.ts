import type { BrotliCompress } from '../../font-service/assemble/woff2.ts';
import { type FontAddress, parseFontPath } from '../../font-service/font-url.ts';
import { type BuildId, type FaceId, parseBuildId } from '../../font-service/identifiers.ts';
import type { LibraryFont } from '../font-library.ts';
import type { BestFileStore } from '../stores/best-file-store.ts';
import type { LedgerTables } from './open-tables.ts';

/** Recompressed deltas of a build. */
const MAX_BEST_DELTAS = 512;
/** Plans whose slices stay recompressed: stylesheets are kept for days. */
const PLANS_KEPT = 3;
/**
 * What one call recompresses at most, but for the last file: bytes as a first answer has them. Brotli 11 takes about 3 µs a
 * byte, so that this is some 1.3 s of the 30 s that an event of a Durable Object may take.
 */
const STEP_BYTES = 400_000;

/** What recompression works with. */
export type RecompressionTools = {
  readonly tables: Pick<LedgerTables, 'hot' | 'history' | 'best'>;
  readonly store: BestFileStore;
  /** Makes a font by its address with a compression, or with that of first answers. */
  readonly make: (address: FontAddress, compress?: BrotliCompress) => Promise<LibraryFont | undefined>;
  readonly compressBest: BrotliCompress;
};

/** Compresses anew what is asked for often, in steps of bounded work. */
export interface Recompression {
  /** The files that wait: all slices of the current learned plan, then the hottest deltas. */
  waiting(build: BuildId, nowMs: number): readonly string[];
  /** Recompresses the first of them; resolves to whether any are left. */
  step(face: FaceId, build: BuildId, nowMs: number): Promise<boolean>;
  /**
   * Drops what was recompressed of other builds, of plans long gone, and of deltas that others are hotter than; they are
   * assembled again when they are asked for.
   */
  tidy(face: FaceId, build: BuildId, nowMs: number): Promise<void>;
}

/** Creates it; what two calls at once would do is for the ledger to prevent. */
export function createRecompression({ tables, store, make, compressBest }: RecompressionTools): Recompression {
  const { hot, history, best: table } = tables;
  const waiting = (build: BuildId, nowMs: number) => {
    const plan = history.current(build);
    const slices = Array.from({ length: plan?.slices ?? 0 }, (_, number) => `s/${plan?.id}/${number}`);
    const deltas = hot.hottest(nowMs, MAX_BEST_DELTAS).map((set) => `d/${set}`);
    return [...slices, ...deltas].filter((name) => !table.has(build, name));
  };
  const recompress = async (face: FaceId, build: BuildId, name: string): Promise<number> => {
    const address = parseFontPath(`/font/${face}/${build}/${name}.woff2`);
    const first = await make(address);
    if (first === undefined) throw new Error(`The build ${build} of ${face} should have ${name}, but has not.`);
    const best = first.isFinished ? first : await make(address, compressBest);
    const bytes = best?.bytes ?? first.bytes;
    await store.put({ face, build, name }, bytes);
    table.add({ name, build, bytesBefore: first.bytes.length, bytesAfter: bytes.length });
    return first.bytes.length;
  };
  return {
    waiting,
    step: async (face, build, nowMs) => {
      const names = waiting(build, nowMs);
      let done = 0;
      for (let bytes = 0; done < names.length && bytes < STEP_BYTES; done++)
        bytes += await recompress(face, build, names[done] ?? '');
      return done < names.length;
    },
    tidy: async (face, build, nowMs) => {
      const hottest = new Set(hot.hottest(nowMs, MAX_BEST_DELTAS).map((set) => `d/${set}`));
      const plans = history.recent().slice(0, PLANS_KEPT);
      const isKept = (name: string) => hottest.has(name) || plans.some(({ id }) => name.startsWith(`s/${id}/`));
      const ofBuild = table.names(build).filter((name) => !isKept(name));
      const dropped = [...table.ofOtherBuilds(build), ...ofBuild.map((name) => ({ name, build }))];
      for (const file of dropped) {
        table.remove(file.build, file.name);
        await store.remove({ face, build: parseBuildId(file.build), name: file.name });
      }
    },
  };
}
