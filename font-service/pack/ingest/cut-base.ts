import type { CodepointSet } from '../../codepoints/codepoint-set.ts';
import { NAME_IDS, writeNameTable } from '../../sfnt/name.ts';
import { parseTableDirectory, writeSfnt } from '../../sfnt/table-directory.ts';
import type { FaceMeta } from '../face-meta.ts';
import { convertToWoff2, subsetWithHarfBuzz } from './harfbuzz.ts';

/** Layout features of horizontal CJK text, and those that compose Hangul from jamo. */
const HORIZONTAL_FEATURES = [
  'locl',
  'ccmp',
  'liga',
  'calt',
  'kern',
  'palt',
  'halt',
  'chws',
  'mark',
  'mkmk',
  'ljmo',
  'vjmo',
  'tjmo',
];
/** Those of vertical text besides: its alternates are a third of a base's bytes, so that they have a variant of their own. */
const VERTICAL_FEATURES = ['vert', 'vrt2', 'vpal', 'vhal', 'vkrn', 'vchw'];

/**
 * The name that fonts of the service carry inside, where nobody sees it.
 *
 * A subset is a modified version, and the Open Font License keeps reserved names from those.
 */
const NEUTRAL_NAME = 'Typecase';

export type Writing = 'horizontal' | 'vertical';

/**
 * Cuts a base: HarfBuzz's subset with the features of CJK text, brotli at best compression, licence notices kept.
 *
 * @param font an opened font.
 */
export async function cutBase(
  font: Uint8Array<ArrayBuffer>,
  base: CodepointSet,
  writing: Writing,
  notices: FaceMeta['notices'],
): Promise<Uint8Array<ArrayBuffer>> {
  const keepFeatures = writing === 'vertical' ? [...HORIZONTAL_FEATURES, ...VERTICAL_FEATURES] : HORIZONTAL_FEATURES;
  const subset = await subsetWithHarfBuzz(font, { text: String.fromCodePoint(...base), keepFeatures });
  const tables = new Map(parseTableDirectory(subset));
  for (const tag of UNUSED_TABLES) tables.delete(tag);
  tables.set('name', writeBaseNames(notices));
  return convertToWoff2(writeSfnt(tables));
}

/** Tables that no browser reads of a web font: signature, style attributes, grid-fitting, metadata. */
const UNUSED_TABLES = ['DSIG', 'STAT', 'gasp', 'meta'];

function writeBaseNames({ copyright, licence, licenceUrl, version }: FaceMeta['notices']): Uint8Array<ArrayBuffer> {
  return writeNameTable([
    [NAME_IDS.copyright, copyright],
    [NAME_IDS.family, NEUTRAL_NAME],
    [NAME_IDS.subfamily, 'Regular'],
    [NAME_IDS.fullName, NEUTRAL_NAME],
    [NAME_IDS.version, version],
    [NAME_IDS.postscriptName, NEUTRAL_NAME],
    [NAME_IDS.licence, licence],
    [NAME_IDS.licenceUrl, licenceUrl],
  ]);
}

/** The names of a delta: as few as readers of fonts expect. */
export function writeDeltaNames(): Uint8Array<ArrayBuffer> {
  return writeNameTable([
    [NAME_IDS.family, NEUTRAL_NAME],
    [NAME_IDS.subfamily, 'Regular'],
    [NAME_IDS.fullName, NEUTRAL_NAME],
    [NAME_IDS.postscriptName, NEUTRAL_NAME],
  ]);
}
