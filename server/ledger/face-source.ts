import { type CodepointSet, codepointSetOf, unionOf } from '../../font-service/codepoints/codepoint-set.ts';
import { parseUnicodeRange } from '../../font-service/codepoints/unicode-range.ts';
import type { BuildId, FaceId } from '../../font-service/identifiers.ts';
import type { FaceMeta, Language } from '../../font-service/pack/face-meta.ts';
import { createGlyphBytes } from '../../font-service/pack/glyph-bytes.ts';
import { splitAtBase } from '../../font-service/plan/base-territory.ts';
import { parseDeltaPlan } from '../../font-service/plan/delta-plan.ts';
import { type Priors, parsePriors } from '../../font-service/plan/priors.ts';
import type { FontLibrary } from '../font-library.ts';
import { createSliceEquivalent, type SliceEquivalent } from './slice-equivalent.ts';

/** What a ledger needs to know of its face to read observations. */
export type FaceKnowledge = {
  readonly build: BuildId;
  /** The plan that the pack came with. */
  readonly packPlan: FaceMeta['plan'];
  /** What deltas may be asked for. */
  readonly askable: CodepointSet;
  readonly priorShare: (codepoint: number) => number;
  readonly sliceEquivalent: SliceEquivalent;
};

/** What planning needs besides: the codepoints of bases and of slices, and what glyphs weigh. */
export type PlanMaterial = {
  readonly base: CodepointSet;
  readonly sliced: CodepointSet;
  readonly glyphBytes: (codepoint: number) => number;
};

/** The faces as ledgers see them. */
export interface FaceSource {
  /** The current build; undefined where there is none, or an old one without a plan of deltas. */
  knowledge(face: FaceId): Promise<FaceKnowledge | undefined>;
  /** Reads the glyphs of a build. */
  material(face: FaceId, build: BuildId): Promise<PlanMaterial | undefined>;
}

/**
 * Creates the view of a library that ledgers have; what was found out of a build is held until the build changes.
 *
 * @param readPriors gives the text of a language's priors.
 */
export function createFaceSource(
  library: FontLibrary,
  readPriors: (language: Language) => Promise<string>,
): FaceSource {
  const held = new Map<FaceId, FaceKnowledge>();
  const priorsOf = createPriorsReader(readPriors);
  return {
    knowledge: async (face) => {
      const summary = (await library.faces()).find((candidate) => candidate.face === face);
      if (summary === undefined) return undefined;
      const known = held.get(face);
      if (known?.build === summary.build) return known;
      const head = await library.head(face, summary.build);
      if (head === undefined || head.meta.plan.deltas === '') return undefined;
      const knowledge = describe(head.meta, await priorsOf(summary.language));
      held.set(face, knowledge);
      return knowledge;
    },
    material: async (face, build) => {
      const pack = await library.pack(face, build);
      if (pack === undefined) return undefined;
      const { base, rest } = splitAtBase(pack.codepoints);
      return { base, sliced: rest, glyphBytes: createGlyphBytes(pack) };
    },
  };
}

function createPriorsReader(readPriors: (language: Language) => Promise<string>) {
  const held = new Map<Language, Priors>();
  return async (language: Language): Promise<Priors> => {
    const priors = held.get(language) ?? parsePriors(await readPriors(language));
    held.set(language, priors);
    return priors;
  };
}

function describe(meta: FaceMeta, { share }: Priors): FaceKnowledge {
  const askable = unionOf(...parseDeltaPlan(meta.plan.deltas).tiers);
  const bases = meta.bases.map(({ unicodeRange }) => codepointSetOf(parseUnicodeRange(unicodeRange)));
  return {
    ...{ build: meta.build, packPlan: meta.plan, askable, priorShare: share },
    sliceEquivalent: createSliceEquivalent(meta, unionOf(...bases)),
  };
}
