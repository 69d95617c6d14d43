import type { NetworkType } from './bench-results.ts';
import { headerBytesOf, type PageView } from './page-view.ts';

/** A speed that some share of a kind of network's users have; bytes per ms in both directions. */
export type Speed = { readonly roundTripMs: number; readonly bytesPerMs: number };

/** The shares of the five speeds of each kind of network, slowest first. */
export const SPEED_WEIGHTS: readonly number[] = [0.05, 0.2, 0.5, 0.2, 0.05];

/** The speeds of the Progressive Font Enrichment evaluation, slowest first. */
export const SPEEDS: Readonly<Record<NetworkType, readonly Speed[]>> = {
  '2G': speedsOf([10_000, 4500, 2750, 1500, 125], [4, 6, 9, 19, 200]),
  '3G': speedsOf([2750, 550, 300, 175, 115], [13, 50, 156, 219, 750]),
  '4G': speedsOf([650, 225, 150, 110, 70], [47, 181, 238, 750, 2250]),
  wifi: speedsOf([500, 170, 115, 65, 35], [100, 200, 563, 1250, 3438]),
  desktop: speedsOf([350, 150, 80, 50, 20], [125, 313, 938, 2188, 7500]),
};

function speedsOf(roundTripsMs: readonly number[], bytesPerMs: readonly number[]): readonly Speed[] {
  return roundTripsMs.map((roundTripMs, index) => ({ roundTripMs, bytesPerMs: bytesPerMs[index] ?? 0 }));
}

/**
 * The time until a page view has what it waits for, in ms: each batch of requests takes a round trip and the transfer of
 * all its bytes, one batch after the other. What is sent when the text is drawn already takes none.
 */
export function viewTimeMs(view: PageView, { roundTripMs, bytesPerMs }: Speed): number {
  const waited = view.filter(({ batch }) => batch !== undefined);
  const batches = new Set(waited.map(({ batch }) => batch)).size;
  const bytes = waited.reduce((sum, request) => {
    const { up, down } = headerBytesOf(request);
    return sum + up + down + request.bytes;
  }, 0);
  return batches * roundTripMs + bytes / bytesPerMs;
}

/** What a wait costs, 0 to 1000: the evaluation's curve, which rises steeply from one second to three. */
export function costOf(timeMs: number): number {
  const steepness = 11.5 / 3.1;
  const value = steepness * (timeMs / 1000 - 0.5 * 3.1 - 0.4);
  return 1000 / (1 + Math.exp(-value));
}

/** The mean cost of page views on a kind of network, weighted by its speeds, summed over the views; none is free. */
export function networkCostOf(views: readonly PageView[], network: NetworkType): number {
  return SPEEDS[network].reduce((sum, speed, index) => {
    const costs = views.map((view) => costOf(viewTimeMs(view, speed)));
    return sum + (SPEED_WEIGHTS[index] ?? 0) * costs.reduce((total, cost) => total + cost, 0);
  }, 0);
}
