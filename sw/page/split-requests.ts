import { filesOf, type Part } from './parts.ts';

/**
 * Splits what is missing between the hub, which shares it with other sites, and the page.
 *
 * Rare codepoints never go to the hub. Common ones do unless that takes a request too many: a face may take two where the
 * page is the first of its site to need it, else one. Then the page asks for all codepoints in one delta.
 */
export function splitRequests(
  shared: readonly Part[],
  rare: readonly number[],
  hasHub: boolean,
  isNew: boolean,
): readonly [byHub: readonly Part[], byPage: readonly Part[]] {
  if (!hasHub) return [[], [...shared, ...rare]];
  const files = filesOf(shared);
  if (!rare.length || (isNew && !files.length)) return [shared, rare];
  return [files, [...shared.slice(files.length), ...rare]];
}
