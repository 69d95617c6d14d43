import { hasCodepoint, isScalarValue } from '../codepoints/codepoint-set.ts';
import { TypecaseError } from '../errors.ts';
import { type FinishedFile, packFileName } from '../font-url.ts';
import { faceIdOf } from '../identifiers.ts';
import { formatDeltaPlan, parseDeltaPlan } from '../plan/delta-plan.ts';
import { findComponentRecords, readComponentGlyph } from '../sfnt/composite-glyph.ts';
import type { FaceMeta } from './face-meta.ts';
import { badPack, type Pack } from './pack.ts';
import { BOX_BYTES, GLYPH_FLAGS } from './pack-format.ts';

/** Tables that every font assembled from the pack is made with, and the least bytes of each. */
const REQUIRED_TABLES: readonly (readonly [string, number])[] = [
  ['head', 54],
  ['hhea', 36],
  ['maxp', 32],
  ['OS/2', 78],
  ['post', 32],
  ['name', 6],
];

/**
 * Checks every codepoint and glyph of a pack from outside, so that assembly need not.
 *
 * @param fileBytes length of the whole file, which the finished files must lie within, behind the core.
 * @throws TypecaseError `bad-pack`, naming the first thing that is wrong.
 */
export function checkPack(pack: Pack, extent: { readonly fileBytes: number; readonly coreBytes: number }): void {
  checkCodepoints(pack);
  for (let glyph = 0; glyph < pack.contourCounts.length; glyph++) checkGlyph(pack, glyph);
  checkTables(pack);
  checkFiles(pack.meta, extent.fileBytes - extent.coreBytes);
  checkDeltas(pack);
}

function checkDeltas({ meta, codepoints }: Pack): void {
  const plan = parseDeltaPlan(meta.plan.deltas);
  if (formatDeltaPlan(plan) !== meta.plan.deltas) throw badPack('its plan of deltas cannot be read');
  const missing = plan.tiers.flatMap((tier) => Array.from(tier)).find((member) => !hasCodepoint(codepoints, member));
  if (missing !== undefined) throw badPack(`its plan of deltas has codepoint ${missing}, which it does not draw`);
}

function checkFiles({ files, bases, plan, face, family, weight, style }: FaceMeta, room: number): void {
  const misnamed = `${family} ${weight} ${style} is not called ${face}`;
  if (face !== orBadPack(() => faceIdOf(family, weight, style), misnamed)) throw badPack(misnamed);
  for (const { name, offset, length } of files)
    if (offset + length > room) throw badPack(`its file ${name} is not within it`);
  const held = new Set(files.map(({ name }) => name));
  const named: readonly FinishedFile[] = [
    ...bases.flatMap((_, number) => [false, true].map((isVertical) => ({ kind: 'base', number, isVertical }) as const)),
    ...plan.slices.map((_, number) => ({ kind: 'slice', plan: plan.id, number }) as const),
  ];
  const missing = named.map(packFileName).find((name) => !held.has(name));
  if (missing !== undefined) throw badPack(`it describes a file ${missing} that it does not hold`);
}

function checkCodepoints({ codepoints, codepointGlyphs, contourCounts }: Pack): void {
  for (let index = 0; index < codepoints.length; index++) {
    const codepoint = codepoints[index] ?? 0;
    if (!isScalarValue(codepoint)) throw badPack(`${codepoint} is no codepoint`);
    if (index > 0 && codepoint <= (codepoints[index - 1] ?? 0)) throw badPack('its codepoints are not ascending');
    if ((codepointGlyphs[index] ?? 0) >= contourCounts.length)
      throw badPack(`codepoint ${codepoint} names a glyph that is not there`);
  }
}

function checkGlyph(pack: Pack, glyph: number): void {
  const start = pack.recordOffsets[glyph] ?? 0;
  const end = pack.recordOffsets[glyph + 1] ?? 0;
  if (end < start || end > pack.records.length) throw badPack(`the record of glyph ${glyph} is not within it`);
  const contours = pack.contourCounts[glyph] ?? 0;
  const boxBytes = ((pack.glyphFlags[glyph] ?? 0) & GLYPH_FLAGS.hasBox) === 0 ? 0 : BOX_BYTES;
  const streamBytes = (pack.pointCountBytes[glyph] ?? 0) + (pack.flagBytes[glyph] ?? 0);
  if (contours === 0 && end !== start) throw badPack(`glyph ${glyph} has a record but no outline`);
  if (contours > 0 && streamBytes + boxBytes >= end - start) throw badPack(`the record of glyph ${glyph} is too short`);
  if (contours < 0) checkComposite(pack, glyph, start, end - boxBytes);
}

function checkComposite(pack: Pack, glyph: number, start: number, end: number): void {
  const hasBox = ((pack.glyphFlags[glyph] ?? 0) & GLYPH_FLAGS.hasBox) !== 0;
  if (!hasBox || pack.contourCounts[glyph] !== -1)
    throw badPack(`the composite glyph ${glyph} has no box or a wrong mark`);
  const { starts, end: recordsEnd } = orBadPack(
    () => findComponentRecords(pack.records, start, end),
    `the component records of glyph ${glyph} are cut off or too many`,
  );
  if (recordsEnd !== end) throw badPack(`the record of the composite glyph ${glyph} does not end with its components`);
  for (const at of starts) {
    const component = readComponentGlyph(pack.records, at);
    if (component >= pack.contourCounts.length) throw badPack(`glyph ${glyph} is made of a glyph that is not there`);
  }
}

function orBadPack<T>(read: () => T, reason: string): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof TypecaseError) throw badPack(reason);
    throw error;
  }
}

function checkTables({ tables, advanceHeights }: Pack): void {
  const required = advanceHeights.length > 0 ? [...REQUIRED_TABLES, ['vhea', 36] as const] : REQUIRED_TABLES;
  for (const [tag, leastBytes] of required) {
    if ((tables.get(tag)?.length ?? 0) < leastBytes) throw badPack(`its ${tag} table is missing or too short`);
  }
}
