import { TALLY_NAMES, type Tallies, type TallyName } from '../ledger-protocol.ts';

/** Adds counts name by name. */
export function addTallies(a: Tallies, b: Tallies): Tallies {
  const sums: Partial<Record<TallyName, number>> = {};
  for (const name of TALLY_NAMES) {
    const sum = (a[name] ?? 0) + (b[name] ?? 0);
    if (sum !== 0) sums[name] = sum;
  }
  return sums;
}
