import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { IngestJob, IngestMessage } from './job.ts';

/** Longest time for one font: the largest of the tests takes half a minute. */
const DEADLINE_MS = 5 * 60_000;
const HEAP_MIB = 2048;

/** Runs a job in a process of its own, under a deadline and a bounded heap; resolves when the process has ended. */
export function runInProcess(job: IngestJob, onMessage: (message: IngestMessage) => void): Promise<void> {
  const child = fork(fileURLToPath(new URL('./job-process.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx', `--max-old-space-size=${HEAP_MIB}`],
    serialization: 'advanced',
  });
  const deadline = setTimeout(() => {
    onMessage({ type: 'refused', reason: `It took longer than ${DEADLINE_MS / 1000} s.` });
    child.kill('SIGKILL');
  }, DEADLINE_MS);
  child.on('message', (message) => onMessage(message as IngestMessage));
  child.send(job);
  return new Promise((resolve) => {
    child.once('exit', (code) => {
      clearTimeout(deadline);
      if (code !== null && code !== 0)
        onMessage({ type: 'refused', reason: `Reading it ended with exit code ${code}.` });
      resolve();
    });
  });
}
