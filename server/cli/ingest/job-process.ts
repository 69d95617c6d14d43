import type { IngestJob, IngestMessage } from './job.ts';
import { runJob } from './run-job.ts';

/** A process of its own for each font: a hostile one can be ended, and all cores work at once. */
const sent: Promise<void>[] = [];

function tell(message: IngestMessage): void {
  sent.push(
    new Promise((resolve, reject) => {
      process.send?.(message, undefined, undefined, (error: Error | null) =>
        error === null ? resolve() : reject(error),
      );
    }),
  );
}

// Without the parent there is nobody to tell.
process.once('disconnect', () => process.exit());

process.once('message', async (job) => {
  await runJob(job as IngestJob, tell).catch((error: unknown) => {
    tell({ type: 'refused', reason: error instanceof Error ? error.message : String(error) });
  });
  await Promise.all(sent);
  process.disconnect();
});
