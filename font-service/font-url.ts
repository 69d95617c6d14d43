import type { CodepointSet } from './codepoints/codepoint-set.ts';
import { formatSet, parseSet } from './codepoints/set-encoding.ts';
import { TypecaseError } from './errors.ts';
import { type BuildId, type FaceId, type PlanId, parseBuildId, parseFaceId, parsePlanId } from './identifiers.ts';

/** A font file of the service: one that stands finished in the face's pack, or a delta that is assembled when asked for. */
export type FontFile =
  | { readonly kind: 'base'; readonly number: number; readonly isVertical: boolean }
  | { readonly kind: 'slice'; readonly plan: PlanId; readonly number: number }
  | { readonly kind: 'delta'; readonly set: CodepointSet };

/** A file that stands finished in the face's pack. */
export type FinishedFile = Exclude<FontFile, { readonly kind: 'delta' }>;

/** The file that a font URL names, of one build of one face. */
export type FontAddress = { readonly face: FaceId; readonly build: BuildId; readonly file: FontFile };

const SUFFIX = '.woff2';
const BASE = /^base-(0|[1-9][0-9]{0,2})(v?)$/;
const SLICE = /^s\/([^/]+)\/(0|[1-9][0-9]{0,3})$/;
const DELTA = /^d\/([^/]+)$/;

/** Formats the path of a font file: `/font/{face}/{build}/base-0.woff2`, `…/s/{plan}/{n}.woff2` or `…/d/{set}.woff2`. */
export function formatFontPath({ face, build, file }: FontAddress): string {
  return `/font/${face}/${build}/${fileNameOf(file)}${SUFFIX}`;
}

/** The name of a file within its build: `base-0`, `s/{plan}/{n}`, `d/{set}`. */
export function fileNameOf(file: FontFile): string {
  return file.kind === 'delta' ? `d/${formatSet(file.set)}` : packFileName(file);
}

/** The name that a finished file has in its pack. */
export function packFileName(file: FinishedFile): string {
  return file.kind === 'base' ? `base-${file.number}${file.isVertical ? 'v' : ''}` : `s/${file.plan}/${file.number}`;
}

/**
 * Parses the path of a font file; one file has one path.
 *
 * @throws TypecaseError `bad-identifier` or `bad-codepoint-set`, saying which part is wrong.
 */
export function parseFontPath(path: string): FontAddress {
  const [root, folder, face = '', build = '', ...rest] = path.split('/');
  const name = rest.join('/');
  if (root !== '' || folder !== 'font' || !name.endsWith(SUFFIX)) throw badPath(path);
  return { face: parseFaceId(face), build: parseBuildId(build), file: parseFile(name.slice(0, -SUFFIX.length), path) };
}

function parseFile(name: string, path: string): FontFile {
  const [, base, vertical] = BASE.exec(name) ?? [];
  if (base !== undefined) return { kind: 'base', number: Number(base), isVertical: vertical === 'v' };
  const [, plan, slice] = SLICE.exec(name) ?? [];
  if (plan !== undefined) return { kind: 'slice', plan: parsePlanId(plan), number: Number(slice) };
  const [, set] = DELTA.exec(name) ?? [];
  if (set !== undefined) return { kind: 'delta', set: parseSet(set) };
  throw badPath(path);
}

function badPath(path: string): TypecaseError {
  return new TypecaseError(
    'bad-identifier',
    `“${path.slice(0, 120)}” names no font file; a path is /font/{face}/{build}/ and then base-0.woff2, s/{plan}/0.woff2 or d/{set}.woff2.`,
  );
}
