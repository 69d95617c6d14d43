import type { FontFile } from './font-files.ts';
import type { FileSizes } from './google-files.ts';

/** What the pages of a site have needed since the count was last cleared, each file once however many pages drew it. */
export type Visit = {
  /** Paths of the pages. */
  readonly pages: readonly string[];
  readonly typecase: FileSizes;
  readonly google: FileSizes;
};

/** How many files there are, and their bytes. */
export type FileSum = { readonly files: number; readonly bytes: number };

/** A visit that has not begun. */
export const emptyVisit: Visit = { pages: [], typecase: {}, google: {} };

/** Adds what a page has needed to a visit. */
export function addToVisit(visit: Visit, page: string, files: readonly FontFile[], google: FileSizes): Visit {
  const delivered = files.filter(({ answer }) => answer !== 'failed');
  return {
    pages: [...new Set([...visit.pages, page])],
    typecase: { ...visit.typecase, ...sizesOf(delivered) },
    google: { ...visit.google, ...google },
  };
}

/** The sizes of files by the paths of their URLs. */
function sizesOf(files: readonly FontFile[]): FileSizes {
  return Object.fromEntries(files.map(({ url, bytes }) => [new URL(url).pathname, bytes]));
}

/** Sums files by their sizes. */
export function sumSizes(sizes: FileSizes): FileSum {
  const all = Object.values(sizes);
  return { files: all.length, bytes: all.reduce((sum, bytes) => sum + bytes, 0) };
}

/** Reads a visit that has been stored as JSON; anything else is an empty one. */
export function parseVisit(text: string | null): Visit {
  try {
    const { pages, typecase, google } = JSON.parse(text ?? '');
    const isVisit = Array.isArray(pages) && pages.every((page) => typeof page === 'string');
    return isVisit && isSizes(typecase) && isSizes(google) ? { pages, typecase, google } : emptyVisit;
  } catch {
    // Nothing has been stored, or not by this version: counting begins anew, and shows that it has.
    return emptyVisit;
  }
}

function isSizes(value: unknown): value is FileSizes {
  return (
    typeof value === 'object' && value !== null && Object.values(value).every((bytes) => Number.isSafeInteger(bytes))
  );
}
