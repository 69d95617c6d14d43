import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NETWORK_TYPES } from '../../bench/replay/bench-results.ts';
import { costOf, networkCostOf, SPEED_WEIGHTS, SPEEDS, viewTimeMs } from '../../bench/replay/network-cost.ts';
import { type CountedRequest, REQUEST_HEADER_BYTES, RESPONSE_HEADER_BYTES } from '../../bench/replay/page-view.ts';

const SPEED = { roundTripMs: 100, bytesPerMs: 10 };
/** Bytes of headers of a request for `/f`. */
const HEADERS = REQUEST_HEADER_BYTES + 2 + RESPONSE_HEADER_BYTES;

function font(bytes: number, batch: number | undefined): CountedRequest {
  return { kind: 'font', path: '/f', bytes, batch };
}

describe('the speeds', () => {
  it('of every kind of network are five, each faster than the one before, with weights that add up to one', () => {
    expect(SPEED_WEIGHTS.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    for (const network of NETWORK_TYPES) {
      const speeds = SPEEDS[network];
      expect(speeds).toHaveLength(SPEED_WEIGHTS.length);
      expect(speeds.map(({ bytesPerMs }) => bytesPerMs)).toEqual(
        speeds.map(({ bytesPerMs }) => bytesPerMs).toSorted((a, b) => a - b),
      );
      expect(speeds.map(({ roundTripMs }) => roundTripMs)).toEqual(
        speeds.map(({ roundTripMs }) => roundTripMs).toSorted((a, b) => b - a),
      );
    }
  });

  it('of 4G are those of the evaluation', () => {
    expect(SPEEDS['4G'].map(({ roundTripMs, bytesPerMs }) => [roundTripMs, bytesPerMs])).toEqual([
      [650, 47],
      [225, 181],
      [150, 238],
      [110, 750],
      [70, 2250],
    ]);
  });
});

describe('the time of a view', () => {
  it('is a round trip and the transfer of bodies and headers', () => {
    expect(viewTimeMs([font(1000, 1)], SPEED)).toBeCloseTo(100 + (1000 + HEADERS) / 10, 9);
  });

  it('has one round trip for requests of one batch, and one more for each other batch', () => {
    const bytes = 2 * (1000 + HEADERS);
    expect(viewTimeMs([font(1000, 1), font(1000, 1)], SPEED)).toBeCloseTo(100 + bytes / 10, 9);
    expect(viewTimeMs([font(1000, 1), font(1000, 4)], SPEED)).toBeCloseTo(200 + bytes / 10, 9);
  });

  it('does not hang on what is sent when the text is drawn', () => {
    expect(viewTimeMs([font(1000, 1), font(50_000, undefined)], SPEED)).toBe(viewTimeMs([font(1000, 1)], SPEED));
  });

  it('is nothing for a view without requests', () => {
    expect(viewTimeMs([], SPEED)).toBe(0);
  });
});

describe('the cost', () => {
  it('is half of its most 1.95 s after the navigation', () => {
    expect(costOf(1950)).toBeCloseTo(500, 9);
  });

  it('is as the evaluation’s formula has it', () => {
    expect(costOf(0)).toBeCloseTo(1000 / (1 + Math.exp((11.5 / 3.1) * 1.95)), 9);
    expect(costOf(400)).toBeCloseTo(1000 / (1 + Math.exp(11.5 / 2)), 9);
    expect(costOf(3500)).toBeCloseTo(1000 / (1 + Math.exp(-11.5 / 2)), 9);
  });

  it('rises with time, between 0 and 1000', () => {
    const time = fc.double({ min: 0, max: 8000, noNaN: true });
    fc.assert(
      fc.property(time, time, (a, b) => {
        expect(costOf(Math.min(a, b))).toBeLessThanOrEqual(costOf(Math.max(a, b)));
        expect(costOf(a)).toBeGreaterThan(0);
        expect(costOf(a)).toBeLessThanOrEqual(1000);
      }),
    );
  });

  it('of a session is the weighted mean over speeds, summed over its views', () => {
    const views = [[font(10_000, 1)], [font(200, 1)], []];
    const expected = SPEEDS.wifi.map((speed) => views.reduce((sum, view) => sum + costOf(viewTimeMs(view, speed)), 0));
    const weighted = expected.reduce((sum, cost, index) => sum + cost * SPEED_WEIGHTS[index]!, 0);
    expect(networkCostOf(views, 'wifi')).toBeCloseTo(weighted, 9);
  });
});
