import { type CodepointSet, codepointSetOf } from '../../../font-service/codepoints/codepoint-set.ts';
import { formatSet } from '../../../font-service/codepoints/set-encoding.ts';
import type { FaceMeta } from '../../../font-service/pack/face-meta.ts';
import { type AskInit, ask } from './ask.ts';

/** Who sends a report: the number of a site, and of a client of it. */
export type Reporter = { readonly site: number; readonly client: number };

/** The body of a report of pages. */
export function formatReport(
  { face, build }: Pick<FaceMeta, 'face' | 'build'>,
  pages: readonly CodepointSet[],
): string {
  return JSON.stringify({ version: 1, face, build, pages: pages.map((page) => formatSet(codepointSetOf(page))) });
}

/** The request that sends a body as `sendBeacon` does. */
export function reportOf(body: BodyInit, headers: Readonly<Record<string, string>> = {}): AskInit {
  return { method: 'POST', body, headers: { 'Content-Type': 'text/plain;charset=UTF-8', ...headers } };
}

/** The headers of a reporter's requests. */
export function headersOf({ site, client }: Reporter): Readonly<Record<string, string>> {
  return {
    Origin: `https://site${site}.example`,
    'CF-Connecting-IP': `10.${client >> 8}.${client & 255}.${site}`,
  };
}

/** Sends a report of some pages. */
export function sendReport(
  meta: Pick<FaceMeta, 'face' | 'build'>,
  reporter: Reporter,
  pages: readonly CodepointSet[],
): Promise<Response> {
  return ask('/v1/usage', reportOf(formatReport(meta, pages), headersOf(reporter)));
}
