import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTallyStore } from '../../../demo-sites/server/tally-store.ts';
import type { Batch } from '../../../demo-sites/sites/tally/batch.ts';
import { countOf, MAX_EVENTS, sumCounts } from '../../../demo-sites/sites/tally/counts.ts';
import {
  countEvent,
  describeQueue,
  listBatches,
  MAX_SEEN,
  type Queue,
  sealBatches,
  settleBatch,
} from '../../../demo-sites/sites/tally/queue.ts';

const ja = 'http://ja.localhost:8788';
const ko = 'http://ko.localhost:8788';

function count(queue: Queue, origin: string, ...events: readonly string[]): Queue {
  return events.reduce((before, event) => countEvent(before, origin, event) ?? before, queue);
}

describe('the queue', () => {
  it('counts per origin, and waits with all of it', () => {
    const queue = count(count({}, ja, 'visit', 'like', 'like'), ko, 'visit');
    expect(describeQueue(queue, ja)).toEqual({ counts: { visit: 1, like: 2 }, waiting: 3 });
    expect(describeQueue(queue, ko)).toEqual({ counts: { visit: 1 }, waiting: 1 });
    expect(describeQueue(queue, 'http://hant.localhost')).toEqual({ counts: {}, waiting: 0 });
  });

  it('counts a message of the same id once, and one without id always', () => {
    const once = countEvent({}, ja, 'like', 'message-1') as Queue;
    expect(countEvent(once, ja, 'like', 'message-1')).toBe(once);
    expect(describeQueue(countEvent(once, ja, 'like', 'message-2') as Queue, ja).waiting).toBe(2);
    expect(describeQueue(count(once, ja, 'like', 'like'), ja).waiting).toBe(3);
  });

  it('remembers a bounded number of ids', () => {
    let queue: Queue = {};
    for (let i = 0; i < MAX_SEEN + 10; i++) queue = countEvent(queue, ja, 'like', `message-${i}`) as Queue;
    expect(queue[ja]?.seen).toHaveLength(MAX_SEEN);
  });

  it('refuses one event too many, not one more of those it knows', () => {
    const names = Array.from({ length: MAX_EVENTS }, (_, i) => `event-${i}`);
    const full = count({}, ja, ...names);
    expect(countEvent(full, ja, 'another')).toBeUndefined();
    expect(countEvent(full, ja, 'event-7')).toBeDefined();
  });

  it('makes one batch for an origin at a time; what comes later waits for the next', () => {
    const sealed = sealBatches(count({}, ja, 'like'), () => 'batch-one');
    const later = sealBatches(count(sealed, ja, 'like', 'visit'), () => 'batch-two');
    expect(listBatches(later)).toEqual([{ id: 'batch-one', origin: ja, counts: { like: 1 } }]);
    expect(describeQueue(later, ja)).toEqual({ counts: { like: 2, visit: 1 }, waiting: 3 });
    const settled = settleBatch(later, listBatches(later)[0] as Batch, { like: 10 });
    expect(describeQueue(settled, ja)).toEqual({ counts: { like: 11, visit: 1 }, waiting: 2 });
    expect(listBatches(sealBatches(settled, () => 'batch-two'))[0]?.counts).toEqual({ like: 1, visit: 1 });
  });

  it('lets go of a batch that is refused, and of no other than the one named', () => {
    const sealed = sealBatches(count({}, ja, 'like'), () => 'batch-one');
    const [batch] = listBatches(sealed);
    expect(describeQueue(settleBatch(sealed, batch as Batch), ja)).toEqual({ counts: {}, waiting: 0 });
    expect(settleBatch(sealed, { ...(batch as Batch), id: 'batch-two' })).toBe(sealed);
  });

  it('reaches the server exactly once, whatever fails', () => {
    const event = fc.constantFrom('visit', 'like', 'constructor');
    const step = fc.oneof(
      fc.record({ kind: fc.constant('count' as const), origin: fc.constantFrom(ja, ko), event }),
      fc.record({ kind: fc.constantFrom('send' as const, 'lose-request' as const, 'lose-answer' as const) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const server = createTallyStore();
        let queue: Queue = {};
        let ids = 0;
        const counted: Record<string, number> = {};
        const send = (fate: 'send' | 'lose-request' | 'lose-answer') => {
          queue = sealBatches(queue, () => `batch-${ids++}`);
          for (const batch of listBatches(queue)) {
            const outcome = fate === 'lose-request' ? undefined : server.add(batch);
            if (fate === 'send' && outcome && outcome.state !== 'full')
              queue = settleBatch(queue, batch, outcome.counts);
          }
        };
        for (const taken of steps) {
          if (taken.kind !== 'count') send(taken.kind);
          else {
            queue = countEvent(queue, taken.origin, taken.event) as Queue;
            counted[`${taken.origin} ${taken.event}`] = (counted[`${taken.origin} ${taken.event}`] ?? 0) + 1;
          }
        }
        send('send');
        send('send');
        for (const origin of [ja, ko]) {
          const totals = server.totals()[origin] ?? {};
          for (const name of ['visit', 'like', 'constructor'])
            expect(countOf(totals, name)).toBe(counted[`${origin} ${name}`] ?? 0);
          expect(describeQueue(queue, origin)).toEqual({ counts: totals, waiting: 0 });
        }
        expect(sumCounts(counted)).toBe(steps.filter(({ kind }) => kind === 'count').length);
      }),
    );
  });
});
