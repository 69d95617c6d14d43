import type { CodepointSet } from '../codepoints/codepoint-set.ts';
import { CLIENT_BUCKETS, SITE_BUCKETS } from './observation.ts';

const MONTH_MS = 30 * 86_400_000;
/** After this time an observation counts half. */
export const HALF_LIFE_MS = MONTH_MS;
/**
 * How long a salt of the buckets lives; then {@link foldPeriod} is due.
 *
 * As it is a half-life, all that one site or client has ever given weighs no more than three times what it may give in one
 * period: that of this one, and of the ones before 1 + 1/2 + 1/4 + …
 */
export const SALT_PERIOD_MS = MONTH_MS;
/** With so many pages a site weighs half a site; with ever more, one. */
export const HALF_WEIGHT_PAGES = 40;
/** Decay is applied in steps of this time, each of 0.6 %: what is between them is less than chance. */
const DECAY_STEP_MS = 6 * 3_600_000;

/**
 * What is known of the use of one face: decayed page counts by site bucket, of the codepoints that deltas may be asked for.
 *
 * Takes at most 160 bytes a codepoint, 4.8 MB for 30,000; only functions of this folder write to it.
 */
export type Usage = {
  readonly askable: CodepointSet;
  /** The time that the counts have been decayed to. */
  atMs: number;
  /** Pages counted, by site bucket. */
  readonly sitePages: Float32Array<ArrayBuffer>;
  /** Pages that show each codepoint, by site bucket; a row is made when its bucket is first used. */
  readonly rows: (Float32Array<ArrayBuffer> | undefined)[];
  /** Pages counted, by client bucket. */
  readonly clientPages: Float32Array<ArrayBuffer>;
  /** By codepoint, a bit for each site bucket that has shown it in this period. */
  readonly siteBits: Uint32Array<ArrayBuffer>;
  /** By codepoint, a bit for each client bucket, modulo 32, that has shown it in this period. */
  readonly clientBits: Uint32Array<ArrayBuffer>;
  /** What the periods before have left. */
  past: Past;
};

/** Sites' weights and, by codepoint, their weighted shares, decaying like pages. */
type Past = {
  readonly weight: number;
  readonly shares: Float32Array<ArrayBuffer>;
  /** The sites, and the clients where those are fewer, that have shown a codepoint in the last period. */
  readonly witnesses: Uint8Array<ArrayBuffer>;
};

/** Makes what is known before any observation. */
export function createUsage(askable: CodepointSet, nowMs: number): Usage {
  return {
    askable,
    atMs: nowMs,
    sitePages: new Float32Array(SITE_BUCKETS),
    rows: new Array<undefined>(SITE_BUCKETS).fill(undefined),
    clientPages: new Float32Array(CLIENT_BUCKETS),
    siteBits: new Uint32Array(askable.length),
    clientBits: new Uint32Array(askable.length),
    past: { weight: 0, shares: new Float32Array(askable.length), witnesses: new Uint8Array(askable.length) },
  };
}

/** The weight of a site of so many pages, 0 to 1: what a few pages say may be chance. */
export function siteWeightOf(pages: number): number {
  return pages / (pages + HALF_WEIGHT_PAGES);
}

/** The sites, and the clients where those are fewer, that have shown a codepoint in this period or the last, whichever are more. */
export function countWitnesses({ siteBits, clientBits, past }: Usage, index: number): number {
  const now = Math.min(countBits(siteBits[index] ?? 0), countBits(clientBits[index] ?? 0));
  return Math.max(now, past.witnesses[index] ?? 0);
}

function countBits(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
}

/** Decays all counts to a time; one that is earlier, or hardly later, changes nothing. */
export function decayTo(usage: Usage, nowMs: number): void {
  const elapsedMs = nowMs - usage.atMs;
  if (elapsedMs < DECAY_STEP_MS) return;
  const factor = 2 ** (-elapsedMs / HALF_LIFE_MS);
  const scale = (counts: Float32Array) => {
    for (let index = 0; index < counts.length; index++) counts[index] = (counts[index] ?? 0) * factor;
  };
  for (const counts of [usage.sitePages, usage.clientPages, usage.past.shares]) scale(counts);
  for (const row of usage.rows) if (row !== undefined) scale(row);
  usage.past = { ...usage.past, weight: usage.past.weight * factor };
  usage.atMs = nowMs;
}

/** Ends a period: what the buckets hold becomes the past, and they may mean other sites and clients from now on. */
export function foldPeriod(usage: Usage, nowMs: number): void {
  decayTo(usage, nowMs);
  const { weight, shares } = weighSites(usage);
  const witnesses = usage.askable.length;
  usage.past = {
    weight,
    shares,
    witnesses: Uint8Array.from({ length: witnesses }, (_, at) => witnessesNow(usage, at)),
  };
  usage.rows.fill(undefined);
  for (const counts of [usage.sitePages, usage.clientPages, usage.siteBits, usage.clientBits]) counts.fill(0);
}

function witnessesNow({ siteBits, clientBits }: Usage, index: number): number {
  return Math.min(countBits(siteBits[index] ?? 0), countBits(clientBits[index] ?? 0));
}

/** The sum of the sites' weights, and by codepoint of their shares of pages times their weights; the past included. */
export function weighSites({ sitePages, rows, past }: Usage): {
  readonly weight: number;
  readonly shares: Float32Array<ArrayBuffer>;
} {
  const shares = past.shares.slice();
  let weight = past.weight;
  for (const [bucket, row] of rows.entries()) {
    const pages = sitePages[bucket] ?? 0;
    if (row === undefined || pages === 0) continue;
    weight += siteWeightOf(pages);
    const factor = siteWeightOf(pages) / pages;
    for (let index = 0; index < shares.length; index++)
      shares[index] = (shares[index] ?? 0) + (row[index] ?? 0) * factor;
  }
  return { weight, shares };
}
