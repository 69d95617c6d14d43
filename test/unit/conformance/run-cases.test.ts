import { describe, expect, it } from 'vitest';
import { joinCases } from '../../conformance/all-cases.ts';
import type { ConformanceCase } from '../../conformance/case-definition.ts';
import { runCases } from '../../conformance/run-cases.ts';

const passing: ConformanceCase = { id: 'T-01', where: 'node', title: 'passes', run: () => {} };
const failing: ConformanceCase = {
  id: 'T-02',
  where: 'node',
  title: 'throws',
  run: () => Promise.reject(new Error('It is so.')),
};
const hanging: ConformanceCase = { id: 'T-03', where: 'node', title: 'hangs', run: () => new Promise(() => {}) };
const silent: ConformanceCase = {
  id: 'T-04',
  where: 'node',
  title: 'throws without a message',
  run: () => {
    throw new Error();
  },
};
const skipped: ConformanceCase = { id: 'T-05', where: 'chromium', title: 'is left out', skip: 'No browser has it.' };

describe('the conformance runner', () => {
  it('gives one verdict a case, in their order', async () => {
    const wanted = joinCases([], [passing, failing, hanging, silent, skipped]);
    expect(await runCases(wanted, { caseTimeoutMs: 100 })).toEqual([
      { id: 'T-01', where: 'node', result: 'pass', reason: '' },
      { id: 'T-02', where: 'node', result: 'fail', reason: 'It is so.' },
      { id: 'T-03', where: 'node', result: 'fail', reason: 'The case took longer than 0.1 s.' },
      { id: 'T-04', where: 'node', result: 'fail', reason: 'Error' },
      { id: 'T-05', where: 'chromium', result: 'skip', reason: 'No browser has it.' },
    ]);
  });

  it('fails a listed case that nobody defines', async () => {
    const wanted = joinCases(
      [
        { id: 'T-09', setup: 'a port' },
        { id: 'T-01', setup: 'a worker' },
      ],
      [passing],
    );
    expect(wanted.map(({ id, title }) => `${id} ${title}`)).toEqual(['T-09 a port', 'T-01 passes']);
    expect(await runCases(wanted)).toMatchObject([{ result: 'fail', reason: 'not implemented' }, { result: 'pass' }]);
  });

  it('refuses two definitions of one case', () => {
    expect(() => joinCases([], [passing, passing])).toThrow('The case T-01 is defined twice.');
  });
});
