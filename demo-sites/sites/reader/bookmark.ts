const BOOKMARK_KEY = 'reader-bookmark';
const KEPT_KEY = 'reader-kept';

/** The path of the chapter that was open last; undefined before the first. */
export function readBookmark(): string | undefined {
  return read(BOOKMARK_KEY);
}

/** Lays the bookmark into a chapter. */
export function writeBookmark(path: string): void {
  write(BOOKMARK_KEY, path);
}

/** The paths of the pages whose fonts are at hand. */
export function readKept(): readonly string[] {
  return read(KEPT_KEY)?.split(' ') ?? [];
}

/** Notes the pages whose fonts are at hand. */
export function writeKept(paths: readonly string[]): void {
  write(KEPT_KEY, paths.join(' '));
}

function read(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    // Storage is closed: the book has no bookmark, and shows none.
    return undefined;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // See above.
  }
}
