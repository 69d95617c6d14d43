import { assembleFont } from '../../assemble/assemble-font.ts';
import type { BrotliCompress } from '../../assemble/woff2.ts';
import { type CodepointSet, EMPTY_CODEPOINT_SET } from '../../codepoints/codepoint-set.ts';
import { formatUnicodeRange } from '../../codepoints/unicode-range.ts';
import { splitAtBase } from '../../plan/base-territory.ts';
import { planBases } from '../../plan/bases.ts';
import { formatDeltaPlan } from '../../plan/delta-plan.ts';
import { describePlan } from '../../plan/describe-plan.ts';
import { askableOf, planDeltas } from '../../plan/plan-deltas.ts';
import type { Priors } from '../../plan/priors.ts';
import { planSlices } from '../../plan/slices.ts';
import { parseTableDirectory } from '../../sfnt/table-directory.ts';
import { checkPack } from '../check-pack.ts';
import type { FaceMeta } from '../face-meta.ts';
import { createGlyphBytes } from '../glyph-bytes.ts';
import { type PackGlyphs, readPack, readPackExtent } from '../pack.ts';
import { type PackDescription, type PackFile, type Sha256, writePack } from '../write-pack.ts';
import { collectGlyphs } from './collect-glyphs.ts';
import { cutBase } from './cut-base.ts';
import { type FontFacts, inspectFont } from './inspect-font.ts';

/** What a face is to be called, and the priors of its language. */
export type FaceRequest = Pick<
  PackDescription,
  'face' | 'build' | 'family' | 'style' | 'weight' | 'language' | 'axes'
> & {
  readonly priors: Priors;
};

/** What ingest borrows from its surroundings. */
export type IngestTools = {
  readonly sha256: Sha256;
  /** Brotli for files that are made once and sent often. */
  readonly compress: BrotliCompress;
  /** Called with how much of the work is done, 0 to 1. */
  readonly onProgress: (done: number) => void;
};

/** Bytes that the first base may have: a Japanese one holds the kana. */
const FIRST_BASE_BYTES: Readonly<Record<FaceMeta['language'], number>> = {
  ja: 18_000,
  ko: 7000,
  'zh-Hans': 7000,
  'zh-Hant': 7000,
};

/**
 * Makes the pack of one static face: bases, glyph records, planned slices, the plan of deltas.
 *
 * @param font an opened font, instanced to the face's weight.
 * @throws TypecaseError `bad-font`, `unservable-font` or, for a face that a pack cannot describe, `bad-pack`; with the reason.
 */
export async function ingestFace(
  font: Uint8Array<ArrayBuffer>,
  request: FaceRequest,
  tools: IngestTools,
): Promise<Uint8Array<ArrayBuffer>> {
  const { priors, ...named } = request;
  const facts = inspectFont(font);
  const glyphs = collectGlyphs(parseTableDirectory(font), facts.coverage, facts.glyphOf);
  const { base, rest } = splitAtBase(facts.coverage);
  const fitsFirst = async (candidate: CodepointSet) =>
    (await cutBase(font, candidate, 'horizontal', facts.notices)).length <= FIRST_BASE_BYTES[request.language];
  const bases = await planBases({ territory: base, share: priors.share, fitsFirst });
  tools.onProgress(0.1);
  const slices = planSlices({ coverage: rest, share: priors.share, glyphBytes: createGlyphBytes(glyphs) });
  const askable = askableOf(facts.coverage, bases[0] ?? EMPTY_CODEPOINT_SET);
  const deltas = formatDeltaPlan(planDeltas({ askable, share: priors.share }));
  const plan = await describePlan(slices, base, deltas, tools.sha256);
  const files = [...(await cutBases(font, bases, facts)), ...(await cutSlices(glyphs, slices, plan.id, tools))];
  const description: PackDescription = {
    ...named,
    notices: facts.notices,
    coverage: facts.coverage.length,
    bases: bases.map((members) => ({ unicodeRange: formatUnicodeRange(members), codepoints: members.length })),
    plan,
  };
  const pack = await writePack({ description, glyphs, files }, tools.sha256);
  // What the service would refuse is refused before it is sent.
  checkPack(readPack(pack), readPackExtent(pack));
  return pack;
}

async function cutBases(
  font: Uint8Array<ArrayBuffer>,
  bases: readonly CodepointSet[],
  { notices }: FontFacts,
): Promise<readonly PackFile[]> {
  const files = bases.map(async (members, index) => [
    { name: `base-${index}`, bytes: await cutBase(font, members, 'horizontal', notices) },
    { name: `base-${index}v`, bytes: await cutBase(font, members, 'vertical', notices) },
  ]);
  return (await Promise.all(files)).flat();
}

async function cutSlices(
  glyphs: PackGlyphs,
  slices: readonly CodepointSet[],
  plan: string,
  tools: IngestTools,
): Promise<readonly PackFile[]> {
  let done = 0;
  return Promise.all(
    slices.map(async (members, index) => {
      const bytes = await assembleFont(glyphs, members, tools.compress);
      tools.onProgress(0.1 + (0.9 * ++done) / slices.length);
      return { name: `s/${plan}/${index}`, bytes };
    }),
  );
}
