import * as fontkit from 'fontkit';
import { type CodepointSet, codepointSetOf, hasCodepoint } from '../../codepoints/codepoint-set.ts';
import { TypecaseError } from '../../errors.ts';
import type { FaceMeta, Language } from '../face-meta.ts';

/** What fontkit reads of an opened font. */
export type FontFacts = {
  readonly family: string;
  readonly style: FaceMeta['style'];
  readonly weight: number;
  readonly language: Language | undefined;
  readonly axes: Readonly<Record<string, { readonly min: number; readonly default: number; readonly max: number }>>;
  readonly notices: FaceMeta['notices'];
  readonly coverage: CodepointSet;
  readonly glyphOf: (codepoint: number) => number;
};

/**
 * Reads a font's names, style, axes, coverage and permissions.
 *
 * @param font an opened font: HarfBuzz has written its tables.
 * @throws TypecaseError `unservable-font` where `OS/2.fsType` forbids embedding or subsetting; `bad-font` where fontkit cannot read it.
 * @see https://learn.microsoft.com/typography/opentype/spec/os2#fstype
 */
export function inspectFont(font: Uint8Array<ArrayBuffer>): FontFacts {
  const parsed = readWith('the font', () => parse(font));
  readWith('OS/2', () => refuseForbidden(parsed['OS/2'].fsType));
  const nameOf = (key: string) => readWith('name', () => parsed.getName(key, 'en') ?? '');
  const glyphOf = (codepoint: number) => parsed.glyphForCodePoint(codepoint).id;
  // What maps to .notdef is not drawn: fontkit counts the end mark of a format 4 cmap, U+FFFF, as a codepoint.
  const coverage = readWith('cmap', () =>
    codepointSetOf(parsed.characterSet.filter((codepoint) => glyphOf(codepoint) !== 0)),
  );
  if (coverage.length === 0) throw new TypecaseError('unservable-font', 'The font maps no codepoint to a glyph.');
  return {
    family: nameOf('preferredFamily') || nameOf('fontFamily'),
    style: parsed['OS/2'].fsSelection.italic || parsed['OS/2'].fsSelection.oblique ? 'italic' : 'normal',
    weight: parsed['OS/2'].usWeightClass,
    language: languageOf(parsed['OS/2'].codePageRange ?? [], coverage),
    axes: readWith('fvar', () => axesOf(parsed.variationAxes)),
    notices: {
      copyright: nameOf('copyright'),
      licence: nameOf('license'),
      licenceUrl: nameOf('licenseURL'),
      version: nameOf('version'),
    },
    coverage,
    glyphOf,
  };
}

function parse(font: Uint8Array<ArrayBuffer>): fontkit.Font {
  const parsed = fontkit.create(font as unknown as Parameters<typeof fontkit.create>[0]);
  if ('fonts' in parsed)
    throw new TypecaseError('unservable-font', 'The font is a collection; extract the one font to serve.');
  return parsed;
}

function readWith<T>(table: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof TypecaseError) throw cause;
    throw new TypecaseError(
      'bad-font',
      `fontkit cannot read ${table}: ${cause instanceof Error ? cause.message : cause}`,
    );
  }
}

type Permissions = fontkit.Font['OS/2']['fsType'];

function refuseForbidden({ noEmbedding, viewOnly, editable, noSubsetting, bitmapOnly }: Permissions): void {
  const reason =
    noEmbedding && !viewOnly && !editable
      ? 'restricts it from being embedded (fsType bit 1)'
      : noSubsetting
        ? 'forbids subsetting (fsType bit 8)'
        : bitmapOnly
          ? 'allows bitmaps only (fsType bit 9)'
          : undefined;
  if (reason !== undefined)
    throw new TypecaseError('unservable-font', `The font cannot be served: its licence ${reason}.`);
}

function axesOf(axes: fontkit.Font['variationAxes']): FontFacts['axes'] {
  const known = Object.entries(axes).flatMap(([tag, axis]) => (axis === undefined ? [] : [[tag, axis] as const]));
  return Object.fromEntries(
    known.map(([tag, { min, default: initial, max }]) => [tag, { min, default: initial, max }]),
  );
}

const BIG5_BIT = 20;
const HIRAGANA_A = 0x3042;
/** 们: among the commonest of Chinese text, and only of simplified. */
const SIMPLIFIED_MEN = 0x4eec;
const LEAST_HANGUL = 2000;

/** Fonts claim the code pages of several languages, so coverage decides first; undefined where nothing does. */
function languageOf(codePages: readonly number[], coverage: CodepointSet): Language | undefined {
  if (coverage.filter((codepoint) => codepoint >= 0xac00 && codepoint <= 0xd7a3).length >= LEAST_HANGUL) return 'ko';
  if (hasCodepoint(coverage, SIMPLIFIED_MEN)) return 'zh-Hans';
  if ((((codePages[0] ?? 0) >>> BIG5_BIT) & 1) === 1) return 'zh-Hant';
  return hasCodepoint(coverage, HIRAGANA_A) ? 'ja' : undefined;
}
