import type { AxisRange, AxisTuple, FamilyRequest } from './parse-family.ts';
import { missingFamily } from './parse-query.ts';

/** What matching reads of a face. */
export type MatchableFace = {
  readonly family: string;
  readonly style: 'normal' | 'italic';
  readonly weight: number;
  /** Tags and bounds of the axes that its font file had. */
  readonly axes: readonly { readonly tag: string; readonly min: number; readonly max: number }[];
};

const REGULAR: AxisTuple = new Map();
const REGULAR_WEIGHT = 400;

/**
 * Finds the faces of the families asked for, each once: by family as asked, italic before normal, light before bold.
 *
 * A range of weights is answered by all instances within it where the font file had a `wght` axis that covers it; of static
 * families it is refused, as at Google Fonts.
 * @throws TypecaseError `missing-family` where a family, style or weight is not to be had.
 */
export function matchFaces<F extends MatchableFace>(
  requests: readonly FamilyRequest[],
  faces: readonly F[],
): readonly F[] {
  const families = [...new Set(requests.map(({ family }) => family))];
  return families.flatMap((family) => {
    const members = faces.filter((face) => face.family === family);
    if (members.length === 0) throw missingFamily(family, hintOf(family, faces));
    const tuples = requests.filter((request) => request.family === family).flatMap(tuplesOf);
    const matched = new Set(tuples.flatMap((tuple) => matchTuple(family, tuple, members)));
    return [...matched].sort((a, b) => (a.style < b.style ? -1 : Number(a.style > b.style)) || a.weight - b.weight);
  });
}

function tuplesOf({ tuples }: FamilyRequest): readonly AxisTuple[] {
  return tuples.length === 0 ? [REGULAR] : tuples;
}

function matchTuple<F extends MatchableFace>(family: string, tuple: AxisTuple, members: readonly F[]): readonly F[] {
  const style = styleOf(tuple.get('ital'));
  const weight = tuple.get('wght') ?? { min: REGULAR_WEIGHT, max: REGULAR_WEIGHT };
  const hasOtherAxes = [...tuple.keys()].some((tag) => tag !== 'ital' && tag !== 'wght');
  const found = members.filter(
    (face) => face.style === style && face.weight >= weight.min && face.weight <= weight.max && mayAnswer(weight, face),
  );
  if (hasOtherAxes || found.length === 0) throw missingFamily(describe(family, style, tuple), weightsOf(members));
  return found;
}

function styleOf(ital: AxisRange | undefined): 'normal' | 'italic' | undefined {
  if (ital === undefined) return 'normal';
  if (ital.min !== ital.max) return undefined;
  return ital.min === 0 ? 'normal' : ital.min === 1 ? 'italic' : undefined;
}

function mayAnswer(weight: AxisRange, face: MatchableFace): boolean {
  if (weight.min === weight.max) return true;
  return face.axes.some(({ tag, min, max }) => tag === 'wght' && min <= weight.min && max >= weight.max);
}

/** As Google writes what was asked for: `Poppins (style: normal, weight: 400, **{wght=[400.0,800.0]})`. */
function describe(family: string, style: string | undefined, tuple: AxisTuple): string {
  const ranges = [...tuple].filter(([tag, { min, max }]) => tag !== 'ital' && (tag !== 'wght' || min !== max));
  const weight = tuple.get('wght');
  const fixed = weight !== undefined && weight.min === weight.max ? weight.min : REGULAR_WEIGHT;
  const axes = ranges.map(
    ([tag, { min, max }]) => `${tag}=${min === max ? decimal(min) : `[${decimal(min)},${decimal(max)}]`}`,
  );
  const extra = axes.length === 0 ? '' : `, **{${axes.join(', ')}}`;
  return `${family} (style: ${style ?? 'unknown'}, weight: ${fixed}${extra})`;
}

function decimal(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

function weightsOf(members: readonly MatchableFace[]): string {
  const known = members.map(({ style, weight }) => `${weight}${style === 'italic' ? ' italic' : ''}`);
  return `Available: ${known.join(', ')}`;
}

function hintOf(family: string, faces: readonly MatchableFace[]): string {
  const alike = faces.find((face) => face.family.toLowerCase() === family.toLowerCase());
  return alike === undefined ? '' : `Names are case-sensitive: did you mean ${alike.family}?`;
}
