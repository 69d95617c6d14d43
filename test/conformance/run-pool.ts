/** Runs jobs, so many at a time, and resolves to their results in the order of the jobs. */
export async function runPool<Job, Result>(
  jobs: readonly Job[],
  concurrency: number,
  run: (job: Job) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const waiting = jobs.entries();
  const work = async () => {
    for (const [index, job] of waiting) results[index] = await run(job);
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return results;
}
