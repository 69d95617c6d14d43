import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TypecaseError } from '../../../font-service/errors.ts';
import { decodeObservations, encodeObservations } from '../../../font-service/usage/observation-encoding.ts';
import { ASKABLE, observations, pageOf } from '../../support/arbitrary-observations.ts';

describe('encodeObservations and decodeObservations', () => {
  it('give back any batch', () => {
    fc.assert(
      fc.property(fc.array(observations), (batch) => {
        expect(decodeObservations(encodeObservations(batch))).toEqual(batch);
      }),
    );
  });

  it('refuse a batch that is cut off, but where an observation ends', () => {
    const one = encodeObservations([pageOf(3, 7, ASKABLE)]).length;
    const bytes = encodeObservations([pageOf(3, 7, ASKABLE), pageOf(4, 8, ASKABLE)]);
    for (let end = 0; end < bytes.length; end++) {
      if (end === 1 || end === one) expect(decodeObservations(bytes.slice(0, end)).length).toBe(end === 1 ? 0 : 1);
      else expect(() => decodeObservations(bytes.slice(0, end))).toThrow(TypecaseError);
    }
  });

  it('throw nothing but errors about input, for any bytes', () => {
    const batches = fc.array(observations, { minLength: 1, maxLength: 3 }).map(encodeObservations);
    fc.assert(
      fc.property(batches, fc.nat(), fc.nat(255), (bytes, at, value) => {
        const changed = bytes.slice();
        changed[at % changed.length] = value;
        try {
          for (const { set } of decodeObservations(changed)) expect(set.length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(TypecaseError);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('refuse sites and clients beyond the buckets, and an unknown kind', () => {
    const bytes = encodeObservations([pageOf(0, 0, ASKABLE)]);
    for (const [at, value] of [
      [1, 2],
      [2, 32],
      [3, 0x10],
    ] as const) {
      const changed = bytes.slice();
      changed[at] = value;
      expect(() => decodeObservations(changed)).toThrow('no observation');
    }
  });
});
