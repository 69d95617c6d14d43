import type { Dependencies } from './environment.ts';
import type { LedgerStatus, Tallies } from './ledger-protocol.ts';
import type { FaceSummary } from './stores/face-store.ts';

/** Requests of one kind of file, by how they were answered, and the bytes that went out. */
export type RequestFigures = {
  readonly total: number;
  readonly edge: number;
  readonly recompressed: number;
  readonly made: number;
  readonly bytes: number;
};

/** What the service tells of one face. */
export type FaceFigures = Pick<
  FaceSummary,
  'face' | 'build' | 'family' | 'weight' | 'style' | 'language' | 'coverage'
> & {
  /** Undefined where the face's ledger does not answer; the fonts are served all the same. */
  readonly usage: UsageFigures | undefined;
  readonly plan: { readonly id: string; readonly source: 'priors' | 'usage'; readonly slices: number };
};

/**
 * What deltas save against slices, the least that can be shown, in bytes. Both sides are of the same deltas: those that the ledger
 * has read, within half a minute of their being sent.
 */
export type Savings = {
  /** Deltas that were the first of a page. */
  readonly firstDeltas: number;
  /** Of all deltas that were read. */
  readonly deltaBytes: number;
  /** Of the slices that pages would have loaded in place of their first deltas; later ones count as none. */
  readonly sliceBytes: number;
  /** Slices less deltas, below 0 for a loss; null where no first delta was read, as nothing is known to compare with. */
  readonly bytes: number | null;
};

/** What the ledger of a face has seen, in the last 30 days where nothing else is said. */
export type UsageFigures = {
  readonly requests: Readonly<Record<'base' | 'slice' | 'delta', RequestFigures>>;
  /** Shares from 0 to 1 of answers from the edge cache, and of fonts that reporting clients had stored; null before the first. */
  readonly edgeHitRate: number | null;
  readonly clientHitRate: number | null;
  readonly saved: Savings;
  readonly observed: {
    readonly reports: number;
    readonly pages: number;
    /** Font files that reporting clients had stored, and those that they fetched. */
    readonly stored: number;
    readonly fetched: number;
    /** Pages that have ever counted. */
    readonly counted: number;
    readonly dropped: number;
    readonly limited: number;
  };
  /** Requests by hour and kind, the last 48 hours, oldest first. */
  readonly hours: readonly Readonly<Record<'base' | 'slice' | 'delta', number>>[];
  readonly plans: LedgerStatus['plans'];
  readonly recompression: LedgerStatus['recompressed'];
  readonly ledger: LedgerStatus['ledger'];
};

/** What the service tells of itself. */
export type Stats = { readonly atMs: number; readonly faces: readonly FaceFigures[] };

/** Asked for more often than this, in ms, figures are the same. */
const MAX_AGE_MS = 5000;

/** Creates what gathers the figures of all faces: once at a time, and held for some seconds. */
export function createStats(dependencies: Dependencies): () => Promise<Stats> {
  const { library, ledgers, nowMs, keepAlive, reportFailure } = dependencies;

  async function gatherFace(summary: FaceSummary): Promise<FaceFigures> {
    const { face, build, family, weight, style, language, coverage } = summary;
    const unanswered = (error: Error) => void reportFailure(error);
    const [current, status] = await Promise.all([library.current(face, build), ledgers.status(face).catch(unanswered)]);
    const { id = '', slices = [] } = current?.plan ?? {};
    return {
      ...{ face, build, family, weight, style, language, coverage },
      plan: { id, source: current?.source ?? 'priors', slices: slices.length },
      usage: status ? figuresOf(status) : undefined,
    };
  }

  async function gather(): Promise<Stats> {
    const faces = await Promise.all((await library.faces()).map(gatherFace));
    return { atMs: nowMs(), faces };
  }

  let held: { readonly stats: Promise<Stats>; readonly untilMs: number } | undefined;
  return () => {
    if (held === undefined || nowMs() >= held.untilMs) {
      held = { stats: gather(), untilMs: nowMs() + MAX_AGE_MS };
      const forget = () => {
        held = undefined;
      };
      keepAlive(held.stats.catch(forget));
    }
    return held.stats;
  };
}

function figuresOf(status: LedgerStatus): UsageFigures {
  const { tallies, hours, counted, plans, recompressed, ledger } = status;
  const requests = {
    base: requestsOf(tallies, 'base'),
    slice: requestsOf(tallies, 'slice'),
    delta: requestsOf(tallies, 'delta'),
  };
  const { clientStored = 0, clientFetched = 0, reports = 0, pages = 0, dropped = 0, limited = 0 } = tallies;
  const all = Object.values(requests);
  return {
    requests,
    edgeHitRate: rateOf(sum(all.map(({ edge }) => edge)), sum(all.map(({ total }) => total))),
    clientHitRate: rateOf(clientStored, clientStored + clientFetched),
    saved: savingsOf(tallies),
    observed: { reports, pages, stored: clientStored, fetched: clientFetched, counted, dropped, limited },
    hours: hours.map((hour) => ({
      base: requestsOf(hour, 'base').total,
      slice: requestsOf(hour, 'slice').total,
      delta: requestsOf(hour, 'delta').total,
    })),
    ...{ plans, recompression: recompressed, ledger },
  };
}

function requestsOf(tallies: Tallies, kind: 'base' | 'slice' | 'delta'): RequestFigures {
  const edge = tallies[`${kind}Edge`] ?? 0;
  const recompressed = tallies[`${kind}Best`] ?? 0;
  const made = tallies[`${kind}Made`] ?? 0;
  return { total: edge + recompressed + made, edge, recompressed, made, bytes: tallies[`${kind}Bytes`] ?? 0 };
}

function savingsOf({ comparedFirst = 0, comparedDeltaBytes = 0, comparedSliceBytes = 0 }: Tallies): Savings {
  return sumSavings([{ firstDeltas: comparedFirst, deltaBytes: comparedDeltaBytes, sliceBytes: comparedSliceBytes }]);
}

/** Adds savings: deltas of faces whose savings are not known are what the others' must make up for. */
export function sumSavings(all: readonly Omit<Savings, 'bytes'>[]): Savings {
  const firstDeltas = sum(all.map((savings) => savings.firstDeltas));
  const deltaBytes = sum(all.map((savings) => savings.deltaBytes));
  const sliceBytes = sum(all.map((savings) => savings.sliceBytes));
  return { firstDeltas, deltaBytes, sliceBytes, bytes: firstDeltas === 0 ? null : sliceBytes - deltaBytes };
}

/** A share from 0 to 1; null of nothing. */
export function rateOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
