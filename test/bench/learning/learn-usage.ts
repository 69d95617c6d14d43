import type { CodepointSet } from '../../../font-service/codepoints/codepoint-set.ts';
import { createGlyphBytes } from '../../../font-service/pack/glyph-bytes.ts';
import type { PackGlyphs } from '../../../font-service/pack/pack.ts';
import { splitAtBase } from '../../../font-service/plan/base-territory.ts';
import type { FacePlanInput } from '../../../font-service/plan/plan-face.ts';
import { CLIENT_BUCKETS, SITE_BUCKETS } from '../../../font-service/usage/observation.ts';
import { observe } from '../../../font-service/usage/observe.ts';
import { createUsage, type Usage } from '../../../font-service/usage/usage.ts';
import { drawIndex, type Random } from '../replay/create-random.ts';
import type { Sites } from '../replay/sample-session.ts';

/** Pages that were shown are reported as they are; nothing here is read as a delta. */
const UNREAD = { chances: new Float32Array(0), staples: new Uint16Array(0) };

/**
 * Learns from page views as the ledger does: any site is as likely as any other, and so are the pages of a site; each view is
 * another client's.
 */
export function learnUsage(askable: CodepointSet, sites: Sites, views: number, random: Random): Usage {
  const usage = createUsage(askable, 0);
  const pages = [...sites.values()].filter(({ length }) => length > 0);
  for (let view = 0; view < views && pages.length > 0; view++) {
    const site = drawIndex(random, pages.length);
    const page = pages[site]?.[drawIndex(random, pages[site]?.length ?? 0)];
    if (page === undefined) continue;
    const buckets = { siteBucket: 1 + (site % (SITE_BUCKETS - 1)), clientBucket: drawIndex(random, CLIENT_BUCKETS) };
    observe(usage, { kind: 'page', ...buckets, set: page.codepoints, bytes: 0 }, UNREAD, 0);
  }
  return usage;
}

/** What a pack's face is planned from, besides usage. */
export function planInputOf(
  pack: PackGlyphs,
  askable: CodepointSet,
  priorShare: (codepoint: number) => number,
): Omit<FacePlanInput, 'usage'> {
  return { askable, sliced: splitAtBase(pack.codepoints).rest, glyphBytes: createGlyphBytes(pack), priorShare };
}
