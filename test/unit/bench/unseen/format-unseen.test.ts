import { describe, expect, it } from 'vitest';
import { formatUnseen } from '../../../bench/unseen/format-unseen.ts';
import type { UnseenResults, UnseenRow } from '../../../bench/unseen/unseen-results.ts';

const ROW: UnseenRow = {
  ...{ lang: 'ja', sites: 1, pagesPerSite: 5, planning: 'priors', leastCommonShare: 0.001, brotliQuality: 5 },
  ...{ fontBytes: 64_000, optimumBytes: 50_000, requests: 6, ratio: 1.25, limit: 1.28, sessions: 56 },
};
const ENVIRONMENT: UnseenResults['environment'] = {
  ...{ date: '2026-11-25', cpu: 'any', cores: 1, memoryGiB: 1, os: 'any', seconds: 1, versions: {} },
};

describe('formatUnseen', () => {
  it('has both qualities of a variant in one line, beside what is asked', () => {
    const rows = [ROW, { ...ROW, brotliQuality: 11, ratio: 1.2 } as const];
    const text = formatUnseen({ version: 1, seed: 1, folds: 5, source: 'any', rows, environment: ENVIRONMENT });
    const line = text.split('\n').find((line) => line.startsWith('grouped below 0.001, priors only'));
    expect(line?.split(/ {2,}/).slice(1)).toEqual(['1.250', '1.200', '1.28', '64.0', '50.0', '6.0', '56']);
  });
});
