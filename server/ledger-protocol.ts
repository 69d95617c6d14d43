import type { CodepointSet } from '../font-service/codepoints/codepoint-set.ts';
import type { FaceId } from '../font-service/identifiers.ts';

/** How an answer came about: from the edge cache, from the store's recompressed files, or made (or read from a pack) now. */
export type AnswerSource = 'edge' | 'best' | 'made';

/** What is counted beside observations; none of it says who. */
export const TALLY_NAMES = [
  'baseEdge',
  'baseBest',
  'baseMade',
  'baseBytes',
  'sliceEdge',
  'sliceBest',
  'sliceMade',
  'sliceBytes',
  'deltaEdge',
  'deltaBest',
  'deltaMade',
  'deltaBytes',
  /** Reports that were acknowledged, and the pages in them. */
  'reports',
  'pages',
  /** Font files that clients say they had, and had to fetch. */
  'clientStored',
  'clientFetched',
  /** Observations that were given up, as too many waited or the ledger did not answer; those of clients that sent too many. */
  'dropped',
  'limited',
  /**
   * What deltas save against slices, of those that the ledger has read: how many were the first of a page, the bytes of all
   * of them, and the bytes, at least, of the slices that pages would have loaded in place of their first ones. What pages would
   * have loaded in place of later ones is not known, and counts as nothing.
   */
  'comparedFirst',
  'comparedDeltaBytes',
  'comparedSliceBytes',
] as const;
export type TallyName = (typeof TALLY_NAMES)[number];

/** Counts by name; what is not there is 0. */
export type Tallies = Readonly<Partial<Record<TallyName, number>>>;

/**
 * What was seen of a face, as it goes from an isolate to the ledger, in memory only.
 *
 * The ledger turns `origin` and `client` into bucket numbers before anything is written.
 */
export type Sighting = {
  readonly kind: 'page' | 'delta';
  /** The site's origin; empty where the request does not tell. */
  readonly origin: string;
  /** The client's address, or the network that stands for it. */
  readonly client: string;
  readonly set: CodepointSet;
  /** Bytes of the delta that was sent; 0 for a page. */
  readonly bytes: number;
};

/** Sightings and counts of one face, recorded together or not at all. */
export type RecordBatch = { readonly sightings: readonly Sighting[]; readonly tallies: Tallies };

/** Whether a batch is on disk; a full ledger has not kept it. */
export type RecordResult = 'recorded' | 'full';

/** A plan that the ledger has published, or is about to. */
export type PlanRecord = {
  readonly id: string;
  readonly build: string;
  /** How many slices it has. */
  readonly slices: number;
  /** Milliseconds since 1970. */
  readonly publishedAtMs: number;
  /** Pages that were counted before it was made. */
  readonly pages: number;
  /** Bytes that the planner expects of a first view, by slices and by a delta in one sum: by the plan before, and by this one. */
  readonly bytesBefore: number;
  readonly bytesAfter: number;
};

/** What the ledger of a face knows of itself. */
export type LedgerStatus = {
  /** Sums of the last 30 days. */
  readonly tallies: Tallies;
  /** By hour, the last 48, oldest first. */
  readonly hours: readonly Tallies[];
  /** Newest first. */
  readonly plans: readonly PlanRecord[];
  /** Observations that counted in usage, ever. */
  readonly counted: number;
  readonly recompressed: {
    readonly slices: number;
    readonly deltas: number;
    /** Files that wait for it. */
    readonly waiting: number;
    readonly bytesBefore: number;
    readonly bytesAfter: number;
  };
  readonly ledger: {
    readonly databaseBytes: number;
    /** Appended, and not yet folded into the snapshot. */
    readonly waitingBatches: number;
    readonly waitingBytes: number;
    readonly snapshotBytes: number;
    readonly hotDeltas: number;
    /** Age of the salt that hides sites and clients. */
    readonly saltAgeMs: number;
  };
};

/** How much a face's codepoints are used, as a picture: a byte for each that deltas may have, 0 (not seen) to 15. */
export type UsagePicture = { readonly build: string; readonly levels: Uint8Array<ArrayBuffer> };

/** The files of a build that are stored recompressed; undefined where they are those that `version` names. */
export type BestFileList = { readonly version: number; readonly names: readonly string[] };

/** The ledger of one face, as isolates call it. */
export interface LedgerCalls {
  record(face: FaceId, batch: RecordBatch): Promise<RecordResult>;
  /** Folds, plans anew where that pays, publishes, and begins to recompress. */
  tick(face: FaceId): Promise<void>;
  status(): Promise<LedgerStatus>;
  picture(): Promise<UsagePicture | undefined>;
  bestFiles(build: string, knownVersion: number): Promise<BestFileList | undefined>;
}

/** The ledgers as an operator reaches them, by face; each call rejects where the ledger does not answer. */
export type LedgerDirectory = {
  /** Has the ledger do what is due. */
  tick(face: FaceId): Promise<void>;
  status(face: FaceId): Promise<LedgerStatus>;
  picture(face: FaceId): Promise<UsagePicture | undefined>;
};
