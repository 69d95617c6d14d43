/**
 * What a font is stored under: a face's id, its build, and the file's name without the suffix: `base-0`, `s/{plan}/3`,
 * `d/{set}`.
 */
export type FontKey = { readonly face: string; readonly build: string; readonly file: string };

const PATH =
  /^\/font\/([a-z\d-]{1,80})\/([\da-f]{10})\/(base-\d{1,3}v?|s\/[\da-f]{8}\/\d{1,4}|d\/[\w-]{2,12288})\.woff2$/;

/** The path of a font's URL. */
export function fontPathOf({ face, build, file }: FontKey): string {
  return `/font/${face}/${build}/${file}.woff2`;
}

/**
 * Reads a font's path; undefined for anything that cannot name a font.
 *
 * It takes some names that the parsers of font-service refuse, whose messages would be a fortieth of the worker's script.
 * There are no fonts under them: the server says so, and nothing is stored.
 */
export function parseFontKey(path: string): FontKey | undefined {
  const [, face, build, file] = PATH.exec(path) ?? [];
  return face && build && file ? { face, build, file } : undefined;
}
