import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Language } from '../../../font-service/pack/face-meta.ts';
import type { SessionMeasure } from './measure-session.ts';
import type { ReplayAnswer, ReplayJob, ReplayMessage, ReplaySettings } from './replay-job.ts';

/** A job, and what it has measured. */
export type ReplayedJob = { readonly job: ReplayJob; readonly measures: readonly SessionMeasure[] };

/** The longest single job of the trace data takes a tenth of this on a busy machine. */
const DEADLINE_MS = 10 * 60_000;

/**
 * Replays jobs in so many processes; resolves to their results in the order of the jobs.
 *
 * A process stays with its language while that has jobs. Rejects with the first failure; no process is left running.
 */
export async function replayInProcesses(
  jobs: readonly ReplayJob[],
  settings: ReplaySettings,
  processes: number,
  onDone: (doneJobs: number) => void,
): Promise<readonly ReplayedJob[]> {
  const waiting = [...jobs];
  const replayed = new Map<ReplayJob, readonly SessionMeasure[]>();
  const children = Array.from({ length: Math.min(processes, jobs.length) }, () => startProcess(settings));
  const work = async (child: ChildProcess) => {
    let language: Language | undefined;
    for (let job = takeJob(waiting, language); job !== undefined; job = takeJob(waiting, language)) {
      language = job.language;
      replayed.set(job, await runJob(child, job));
      onDone(replayed.size);
    }
  };
  try {
    await Promise.all(children.map(work));
  } finally {
    for (const child of children) child.kill();
  }
  return jobs.map((job) => ({ job, measures: replayed.get(job) ?? [] }));
}

function startProcess(settings: ReplaySettings): ChildProcess {
  const child = fork(fileURLToPath(new URL('./replay-process.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    serialization: 'advanced',
  });
  send(child, { type: 'settings', settings });
  return child;
}

function send(child: ChildProcess, message: ReplayMessage): void {
  child.send(message);
}

/** Takes the next job of a language, else of the one that has most left. */
function takeJob(waiting: ReplayJob[], language: Language | undefined): ReplayJob | undefined {
  const own = waiting.findIndex((job) => job.language === language);
  if (own >= 0) return waiting.splice(own, 1)[0];
  const counts = new Map<Language, number>();
  for (const job of waiting) counts.set(job.language, (counts.get(job.language) ?? 0) + 1);
  const [fullest] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? [];
  const next = waiting.findIndex((job) => job.language === fullest);
  return next < 0 ? undefined : waiting.splice(next, 1)[0];
}

function runJob(child: ChildProcess, job: ReplayJob): Promise<readonly SessionMeasure[]> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      clearTimeout(deadline);
      child.removeListener('message', onMessage).removeListener('exit', onExit);
      settle();
    };
    const fail = (reason: string) => finish(() => reject(new Error(`${job.language}: ${reason}`)));
    const onExit = (code: number | null) => fail(`a process ended with exit code ${code}.`);
    const onMessage = (answer: ReplayAnswer) => {
      if (answer.type === 'failed') fail(answer.reason);
      else finish(() => resolve(answer.measures));
    };
    const deadline = setTimeout(() => fail(`a session took longer than ${DEADLINE_MS / 1000} s.`), DEADLINE_MS);
    child.on('message', onMessage).once('exit', onExit);
    send(child, { type: 'job', job });
  });
}
