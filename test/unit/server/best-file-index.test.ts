import { describe, expect, it } from 'vitest';
import { parseBuildId, parseFaceId } from '../../../font-service/identifiers.ts';
import { createBestFileIndex } from '../../../server/best-file-index.ts';
import type { BestFileList } from '../../../server/ledger-protocol.ts';

const FACE = parseFaceId('face-400');
const BUILD = parseBuildId('0123456789');
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

function createBench(answer: (known: number) => Promise<BestFileList | undefined>) {
  const asked: number[] = [];
  const failures: Error[] = [];
  const clock = { nowMs: 0 };
  const index = createBestFileIndex({
    bestFiles: (_, __, known) => {
      asked.push(known);
      return answer(known);
    },
    nowMs: () => clock.nowMs,
    keepAlive: () => undefined,
    maxAgeMs: 1000,
    reportFailure: (error) => void failures.push(error),
  });
  return { index, asked, failures, clock };
}

describe('createBestFileIndex', () => {
  it('knows nothing before it has asked, and then what it was told', async () => {
    const { index } = createBench(async () => ({ version: 3, names: ['d/Af'] }));
    expect(index.has(FACE, BUILD, 'd/Af')).toBe(false);
    index.refresh(FACE, BUILD);
    await settle();
    expect([index.has(FACE, BUILD, 'd/Af'), index.has(FACE, BUILD, 'd/Ag')]).toEqual([true, false]);
    expect(index.has(FACE, parseBuildId('ffffffffff'), 'd/Af')).toBe(false);
  });

  it('asks again only when the list is old, naming the version that it has', async () => {
    const { index, asked, clock } = createBench(async (known) =>
      known === 3 ? undefined : { version: 3, names: ['a'] },
    );
    for (let times = 0; times < 5; times++) index.refresh(FACE, BUILD);
    await settle();
    clock.nowMs = 1000;
    index.refresh(FACE, BUILD);
    await settle();
    expect(asked).toEqual([0, 3]);
    expect(index.has(FACE, BUILD, 'a')).toBe(true);
  });

  it('keeps what it knows where the ledger does not answer', async () => {
    let isDown = false;
    const { index, failures, clock } = createBench(async () => {
      if (isDown) throw new Error('gone');
      return { version: 1, names: ['a'] };
    });
    index.refresh(FACE, BUILD);
    await settle();
    isDown = true;
    clock.nowMs = 5000;
    index.refresh(FACE, BUILD);
    await settle();
    expect([index.has(FACE, BUILD, 'a'), failures.length]).toEqual([true, 1]);
  });
});
