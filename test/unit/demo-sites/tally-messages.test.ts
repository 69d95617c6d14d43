import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_COUNT, parseBatch } from '../../../demo-sites/sites/tally/batch.ts';
import { MAX_EVENTS } from '../../../demo-sites/sites/tally/counts.ts';
import { parseCountMessage, readMessageId } from '../../../demo-sites/sites/tally/messages.ts';
import { splitTally } from '../../../demo-sites/sites/tally/tally-marks.ts';

const batch = { id: 'batch-0001', origin: 'http://ja.localhost:8788', counts: { visit: 1, like: 2 } };

describe('parseCountMessage', () => {
  it('takes an event, with or without the id of its message, and that a client is online', () => {
    expect(parseCountMessage({ event: 'visit' })).toEqual({ kind: 'count', event: 'visit' });
    expect(parseCountMessage({ event: 'a'.repeat(40), id: 'message-1' })).toEqual({
      kind: 'count',
      event: 'a'.repeat(40),
      id: 'message-1',
    });
    expect(parseCountMessage({ online: true })).toEqual({ kind: 'online' });
  });

  it.each([
    undefined,
    null,
    'visit',
    ['visit'],
    {},
    { event: '' },
    { event: 'a'.repeat(41) },
    { event: 'Visit' },
    { event: 'visit us' },
    { event: '__proto__' },
    { event: '役に立った' },
    { event: 'visit\n' },
    { event: 7 },
    { event: 'visit', id: '' },
    { event: 'visit', id: 'x'.repeat(65) },
    { event: 'visit', id: 12_345_678 },
    { online: 'yes' },
  ])('takes nothing else: %j', (value) => {
    expect(parseCountMessage(value)).toBeUndefined();
  });

  it('answers for any value without throwing, with nothing but small names', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.record({ event: fc.string(), id: fc.string() })), (value) => {
        const message = parseCountMessage(value);
        readMessageId(value);
        if (message?.kind === 'count') expect(message.event).toMatch(/^[a-z0-9-]{1,40}$/);
      }),
    );
  });
});

describe('parseBatch', () => {
  it('takes a batch, and leaves out what a batch does not have', () => {
    expect(parseBatch(batch)).toEqual({ state: 'batch', batch });
    expect(parseBatch({ ...batch, person: 'someone' })).toEqual({ state: 'batch', batch });
  });

  it.each([
    null,
    [],
    { ...batch, id: 'short' },
    { ...batch, id: 'not an id at all' },
    { ...batch, origin: 'http://ja.localhost:8788/' },
    { ...batch, origin: 'null' },
    { ...batch, origin: 'file://' },
    { ...batch, origin: `http://${'a'.repeat(400)}.localhost` },
    { ...batch, counts: {} },
    { ...batch, counts: [1] },
    { ...batch, counts: { Visit: 1 } },
    { ...batch, counts: { visit: 0 } },
    { ...batch, counts: { visit: 1.5 } },
    { ...batch, counts: { visit: '1' } },
    { ...batch, counts: { visit: MAX_COUNT + 1 } },
    { ...batch, counts: Object.fromEntries(Array.from({ length: MAX_EVENTS + 1 }, (_, i) => [`event-${i}`, 1])) },
  ])('says what is wrong with anything else: %#', (value) => {
    const parsed = parseBatch(value);
    expect(parsed.state === 'problem' && parsed.detail.length).toBeGreaterThan(10);
  });

  it('answers for any value without throwing', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.anything(), fc.record({ ...constants(), counts: fc.dictionary(fc.string(), fc.integer()) })),
        (value) => {
          const parsed = parseBatch(value);
          if (parsed.state === 'batch') expect(parseBatch(parsed.batch)).toEqual(parsed);
        },
      ),
    );
  });
});

function constants() {
  return { id: fc.constant(batch.id), origin: fc.constant(batch.origin) };
}

describe('splitTally', () => {
  it('counts by fives', () => {
    expect(splitTally(0, 10)).toEqual([]);
    expect(splitTally(13, 10)).toEqual([5, 5, 3]);
    expect(splitTally(999, 3)).toEqual([5, 5, 5]);
    fc.assert(
      fc.property(fc.nat(200), (count) => {
        expect(splitTally(count, 40).reduce((sum, strokes) => sum + strokes, 0)).toBe(count);
      }),
    );
  });
});
