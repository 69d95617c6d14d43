import type { DeltaPlan } from '../../font-service/plan/delta-plan.ts';
import { codepointsOf, filesOf, type Part } from './parts.ts';

/** What the names of base files end with: those for vertical text have a `v`. */
export type Suffix = '' | 'v';

/** A face of a `delivery=delta` stylesheet, and what the page shows and has of it. */
export type Face = {
  /** Of the service that has the fonts. */
  readonly origin: string;
  /** The URL that its files are under, with a slash at the end. */
  readonly folder: string;
  readonly face: string;
  readonly build: string;
  readonly family: string;
  readonly weight: string;
  readonly style: string;
  readonly display: FontDisplay;
  /** The `unicode-range` of each base, by its number. */
  readonly bases: string[];
  /** Which bases CSS brings; none, where the page does not apply the sheet. */
  readonly byCss: Suffix | false;
  /** Where each codepoint of Unicode is: a number that {@link placeBase} and {@link placePlan} make; 0 is nowhere. */
  readonly places: Uint32Array;
  /** What deltas have, in the plan's order; the first of them are asked for singly. */
  planned: readonly number[];
  singles: number;
  /** Codepoints of the page's texts. */
  readonly shown: Set<number>;
  /** Which bases the page needs: those for vertical text, where any is set with the face. */
  suffix: Suffix;
  readonly brought: Set<Part>;
  /** Whether a batch is under way. */
  isRunning: boolean;
};

/** Places are multiples of this for what deltas have: of its place in the plan, from 1 on. */
export const PLANNED = 128;
const GROUP_SIZE = 4;

/** Enters the codepoints of a base: they are at its number and one. */
export function placeBase({ bases, places }: Face, base: number, range: string): void {
  bases[base] = range;
  for (const [, first = '', last = first] of range.matchAll(/\+(\w+)-?(\w+)?/g))
    for (let at = parseInt(first, 16); at <= Math.min(parseInt(last, 16), 0x10ffff); at++) places[at] = base + 1;
}

/** Enters the codepoints of the deltas, once the bases are there; those of bases are at both. */
export function placePlan(face: Face, { tiers }: DeltaPlan): void {
  face.planned = tiers.flatMap((tier) => [...tier]);
  face.singles = tiers[0]?.length ?? 0;
  face.planned.forEach((codepoint, index) => {
    face.places[codepoint] = (face.places[codepoint] as number) + (index + 1) * PLANNED;
  });
}

/**
 * Tells what of a face the page lacks.
 *
 * Base 0, and what deltas lack, comes by base files; where CSS brings those, or text is vertical, so does all that bases have.
 */
export function lackOf({ places, shown, brought, byCss, suffix }: Face): Set<Part> {
  const lack = new Set<Part>();
  for (const codepoint of shown) {
    const place = places[codepoint] as number;
    const base = (place % PLANNED) - 1;
    const isInDeltas = place >= PLANNED && (base < 0 || (byCss === false && !suffix));
    const part = isInDeltas ? codepoint : `base-${base}${suffix}`;
    if (!brought.has(part) && (isInDeltas || byCss !== suffix)) lack.add(part);
  }
  return lack;
}

/**
 * Rounds codepoints that deltas have as `roundToPlan` of delta-plan.ts does, but without searching: `common` are the single
 * ones, `rare` whole groups of the others. In any order.
 */
export function roundToGroups(
  { places, planned, singles }: Face,
  codepoints: Iterable<number>,
): readonly [common: readonly number[], rare: readonly number[]] {
  const common: number[] = [];
  const groups = new Set<number>();
  const lastGroup = Math.max(0, Math.floor((planned.length - singles) / GROUP_SIZE) - 1);
  for (const codepoint of codepoints) {
    const index = Math.floor((places[codepoint] as number) / PLANNED) - 1 - singles;
    if (index < 0) common.push(codepoint);
    else groups.add(Math.min(Math.floor(index / GROUP_SIZE), lastGroup));
  }
  const rare = planned.filter((_, index) =>
    groups.has(Math.min(Math.floor((index - singles) / GROUP_SIZE), lastGroup)),
  );
  return [common, rare];
}

/**
 * Rounds what is lacking: files and single codepoints, which may be shared with other sites, and whole groups of others.
 */
export function roundLack(
  face: Face,
  lack: ReadonlySet<Part>,
): readonly [shared: readonly Part[], rare: readonly number[]] {
  const [common, rare] = roundToGroups(face, codepointsOf(lack));
  return [[...filesOf(lack), ...common], rare];
}

/** Notes that a face has parts now, which the page then lacks no more. */
export function takeParts(face: Face, lack: Set<Part>, parts: readonly Part[]): void {
  for (const part of parts) {
    lack.delete(part);
    face.brought.add(part);
  }
}
