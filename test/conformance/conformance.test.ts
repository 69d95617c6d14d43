import { beforeAll, describe, expect, it } from 'vitest';
import { allCases } from './all-cases.ts';
import type { Verdict } from './case-definition.ts';
import { runCases } from './run-cases.ts';

const RUN_TIMEOUT_MS = 30 * 60_000;

const wanted = allCases();

describe('the platform library', () => {
  let verdicts: ReadonlyMap<string, Verdict>;

  beforeAll(async () => {
    // The profile that shares least; `npm run conformance` runs both, in twice the time.
    const ran = await runCases(wanted, { profiles: ['blocked'] });
    const failed = ran.filter(({ result }) => result === 'fail').map(({ id }) => id);
    // Four at a time are much for two cores, and the library's deadlines are real time: these get a browser for themselves.
    const alone: Verdict[] = [];
    for (const one of wanted.filter(({ id }) => failed.includes(id))) {
      alone.push(...(await runCases([one], { profiles: ['blocked'] })));
    }
    verdicts = new Map([...ran, ...alone].map((verdict) => [verdict.id, verdict]));
  }, RUN_TIMEOUT_MS);

  for (const { id, title } of wanted) {
    it(`${id} ${title}`, (context) => {
      const { result, reason } = verdicts.get(id)!;
      if (result === 'skip') context.skip(reason);
      expect({ result, reason }).toEqual({ result: 'pass', reason: '' });
    });
  }
});
