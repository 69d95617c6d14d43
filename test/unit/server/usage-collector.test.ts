import { describe, expect, it } from 'vitest';
import { type CodepointSet, codepointSetOf } from '../../../font-service/codepoints/codepoint-set.ts';
import { parseFaceId } from '../../../font-service/identifiers.ts';
import type { RecordBatch, RecordResult, Sighting } from '../../../server/ledger-protocol.ts';
import { createUsageCollector } from '../../../server/usage-collector.ts';

const FACE = parseFaceId('face-400');
const OTHER = parseFaceId('other-400');
const sightingOf = (set: CodepointSet = codepointSetOf([0x4e00])): Sighting => ({
  ...{ kind: 'page', origin: '', client: '', set, bytes: 0 },
});

/** A collector whose batches wait until they are let go. */
function createBench(record: (batch: RecordBatch) => Promise<RecordResult> = async () => 'recorded') {
  const recorded: { face: string; batch: RecordBatch }[] = [];
  const failures: string[] = [];
  const waiting: { ms: number; go: () => void }[] = [];
  const collector = createUsageCollector({
    record: (face, batch) => {
      recorded.push({ face, batch });
      return record(batch);
    },
    wait: (ms) => new Promise((resolve) => waiting.push({ ms, go: resolve })),
    keepAlive: () => undefined,
    reportFailure: ({ message }) => void failures.push(message),
  });
  const letGo = async () => {
    for (const { go } of waiting.splice(0)) go();
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  return { collector, recorded, failures, waiting, letGo };
}

describe('reports', () => {
  it('that come at about the same time are one batch of their face, acknowledged together', async () => {
    const { collector, recorded, letGo } = createBench();
    const answers = [1, 2, 3].map(() => collector.report(FACE, { reports: 1 }, [sightingOf(), sightingOf()]));
    const other = collector.report(OTHER, { reports: 1 }, [sightingOf()]);
    await letGo();
    expect(await Promise.all([...answers, other])).toEqual(['recorded', 'recorded', 'recorded', 'recorded']);
    expect(recorded.map(({ face, batch }) => [face, batch.sightings.length, batch.tallies])).toEqual([
      [FACE, 6, { reports: 3 }],
      [OTHER, 1, { reports: 1 }],
    ]);
  });

  it('that come while a batch is under way are the next one', async () => {
    const { collector, recorded, letGo } = createBench();
    const first = collector.report(FACE, { reports: 1 }, [sightingOf()]);
    await letGo();
    const second = collector.report(FACE, { reports: 1 }, [sightingOf()]);
    await letGo();
    await Promise.all([first, second]);
    expect(recorded.length).toBe(2);
  });

  it('are refused, not lost, where the ledger does not answer', async () => {
    const { collector, failures, letGo } = createBench(() => Promise.reject(new Error('gone')));
    const answers = [1, 2].map(() => collector.report(FACE, { reports: 1 }, [sightingOf()]).catch(() => 'refused'));
    await letGo();
    expect(await Promise.all(answers)).toEqual(['refused', 'refused']);
    expect(failures).toEqual(['gone']);
  });

  it('beyond what memory has room for are busy at once, and taken again when there is room', async () => {
    const { collector, letGo } = createBench();
    const large = codepointSetOf(Array.from({ length: 8000 }, (_, index) => 0x4e00 + index));
    const pages = Array.from({ length: 16 }, () => sightingOf(large));
    const answers = Array.from({ length: 30 }, () => collector.report(FACE, { reports: 1 }, pages));
    expect(await answers.at(-1)).toBe('busy');
    await letGo();
    const results = await Promise.all(answers);
    expect(results.filter((result) => result === 'recorded').length).toBe(Math.floor(3_000_000 / (16 * 8064)));
    const late = collector.report(FACE, { reports: 1 }, pages);
    await letGo();
    expect(await late).toBe('recorded');
  });

  it('never make a batch of more than a million codepoints', async () => {
    const { collector, recorded, letGo } = createBench();
    const large = codepointSetOf(Array.from({ length: 8000 }, (_, index) => 0x4e00 + index));
    const answers = Array.from({ length: 20 }, () =>
      collector.report(
        FACE,
        { reports: 1 },
        Array.from({ length: 16 }, () => sightingOf(large)),
      ),
    );
    await letGo();
    await Promise.all(answers);
    expect(recorded.length).toBe(3);
    for (const { batch } of recorded) expect(batch.sightings.length * 8064).toBeLessThanOrEqual(1_000_000);
  });
});

describe('notes', () => {
  it('wait longer than reports, as nobody waits for them', async () => {
    const { collector, waiting } = createBench();
    collector.note(FACE, { deltaMade: 1 }, sightingOf());
    void collector.report(FACE, { reports: 1 }, [sightingOf()]);
    expect((waiting[0]?.ms ?? 0) > (waiting[1]?.ms ?? 0)).toBe(true);
  });

  it('that are lost are counted in the next batch', async () => {
    let isDown = true;
    const { collector, recorded, letGo } = createBench(async () => {
      if (isDown) throw new Error('gone');
      return 'recorded';
    });
    for (let times = 0; times < 3; times++) collector.note(FACE, { deltaMade: 1 }, sightingOf());
    await letGo();
    isDown = false;
    collector.note(FACE, { deltaMade: 1 }, sightingOf());
    await letGo();
    expect(recorded.at(-1)?.batch.tallies).toEqual({ deltaMade: 1, dropped: 3 });
    collector.note(FACE, { deltaMade: 1 });
    await letGo();
    expect(recorded.at(-1)?.batch.tallies).toEqual({ deltaMade: 1 });
  });
});
