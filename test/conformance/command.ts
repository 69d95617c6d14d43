import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { buildScripts } from '../../server/cli/build-scripts.ts';
import { projectRoot } from '../../server/cli/project-root.ts';
import { allCases, type WantedCase } from './all-cases.ts';
import type { Verdict } from './case-definition.ts';
import { runCases } from './run-cases.ts';

const RESULTS = ['pass', 'fail', 'skip'] as const;
/** Characters of a reason in the table; the JSON has all of them. */
const REASON_WIDTH = 160;

/** The cases that `--only C-01,C-02` names; throws where a name is unknown. */
function selectCases(cases: readonly WantedCase[], only: string | undefined): readonly WantedCase[] {
  if (only === undefined) return cases;
  const byId = new Map(cases.map((one) => [one.id, one]));
  return only.split(',').map((id) => {
    const found = byId.get(id.trim());
    if (found === undefined) throw new Error(`There is no case ${id}.`);
    return found;
  });
}

function formatTable(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ id, result, where, reason }) => {
    const line = reason.replace(/\s+/g, ' ').slice(0, REASON_WIDTH);
    return `${id.padEnd(6)} ${result.padEnd(5)} ${where.padEnd(9)} ${line}`.trimEnd();
  });
  const totals = RESULTS.map((result) => `${verdicts.filter((one) => one.result === result).length} ${result}`);
  return [...rows, '', `${verdicts.length} cases: ${totals.join(', ')}`].join('\n');
}

const { values } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string' } } });
const selected = selectCases(allCases(), values.only);
await buildScripts(projectRoot);
const verdicts = await runCases(selected, { report: (line) => console.error(line) });
console.log(formatTable(verdicts));
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify({ cases: verdicts }, undefined, 2)}\n`);
process.exitCode = verdicts.some(({ result }) => result === 'fail') ? 1 : 0;
