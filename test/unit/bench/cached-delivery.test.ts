import { describe, expect, it } from 'vitest';
import { codepointSetOfText } from '../../../font-service/codepoints/codepoint-set.ts';
import { createCachedDelivery } from '../../bench/replay/cached-delivery.ts';
import { replaySession } from '../../bench/replay/measure-session.ts';
import { REQUEST_HEADER_BYTES, RESPONSE_HEADER_BYTES } from '../../bench/replay/page-view.ts';
import type { Session } from '../../bench/replay/sample-session.ts';

const SESSION: Session = [
  {
    key: 'one',
    site: 'one',
    pages: [{ codepoints: codepointSetOfText('ab') }, { codepoints: codepointSetOfText('bc') }],
  },
  { key: 'two', site: 'two', pages: [{ codepoints: codepointSetOfText('b') }] },
];

/** One file of 100 bytes for each letter. */
function replay(isShared: boolean, hasSheet = true) {
  const delivery = createCachedDelivery({
    key: { delivery: isShared ? 'slices-shared' : 'slices', grouped: false, trained: false },
    stylesheet: hasSheet ? { path: '/s', bytes: 10 } : undefined,
    fontsOf: async (_, { codepoints }) =>
      Array.from(codepoints, (at) => ({ path: String.fromCodePoint(at), bytes: 100 })),
    isShared,
  });
  return replaySession(delivery, SESSION);
}

function pathsOf(views: Awaited<ReturnType<typeof replay>>['views']) {
  return views.map((view) => view.map(({ path, batch }) => `${path}${batch}`).join(' '));
}

describe('a delivery by CSS', () => {
  it('fetches each file once a site, the stylesheet a batch before the fonts', async () => {
    const { views, measure } = await replay(false);
    expect(pathsOf(views)).toEqual(['/s1 a2 b2', 'c2', '/s1 b2']);
    expect(measure.storedBytes).toBe(400);
    expect(measure.storedAfterSites).toEqual([300, 400]);
  });

  it('fetches each file once in all where the cache is shared', async () => {
    const { views, measure } = await replay(true);
    expect(pathsOf(views)).toEqual(['/s1 a2 b2', 'c2', '']);
    expect(measure.storedBytes).toBe(300);
  });

  it('without a stylesheet fetches fonts only', async () => {
    expect(pathsOf((await replay(false, false)).views)).toEqual(['a2 b2', 'c2', 'b2']);
  });

  it('is measured by kind, with headers for each request', async () => {
    const { measure } = await replay(false);
    const headers = 6 * (REQUEST_HEADER_BYTES + RESPONSE_HEADER_BYTES) + 2 * 2 + 4 * 1;
    expect(measure.bytes).toEqual({ font: 400, css: 20, script: 0, headers, total: 420 + headers });
    expect([measure.requests, measure.fontRequests]).toEqual([6, 4]);
    expect(measure.fontTransferBytes).toBe(400 + 4 * (REQUEST_HEADER_BYTES + RESPONSE_HEADER_BYTES + 1));
    expect(measure.costs['4G'].all).toBeGreaterThan(measure.costs['4G'].fonts);
  });
});
