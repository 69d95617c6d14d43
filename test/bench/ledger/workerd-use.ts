import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** Linux counts CPU time in hundredths of a second, for whoever reads /proc. @see man 5 proc, USER_HZ */
const MS_PER_TICK = 10;

type ProcessStat = { readonly id: number; readonly name: string; readonly parent: number; readonly cpuMs: number };

/** CPU time that all workerd processes below this one have taken, in ms; and the largest of their peaks of resident memory, in MiB. */
export type WorkerdUse = { readonly cpuMs: number; readonly peakRssMiB: number };

/** Reads `/proc/{id}/stat`: its own time and that of its threads, in user and in system mode. */
export function parseStat(text: string): ProcessStat {
  // A name may have blanks and brackets in it; what comes behind the last bracket has none.
  const [, id = '', name = '', rest = ''] = /^(\d+) \((.*)\) (.*)$/s.exec(text.trim()) ?? [];
  const fields = rest.split(' ').map(Number);
  return {
    ...{ id: Number(id), name, parent: fields[1] ?? 0 },
    cpuMs: ((fields[11] ?? 0) + (fields[12] ?? 0)) * MS_PER_TICK,
  };
}

/** Reads the peak of resident memory, in KiB, from `/proc/{id}/status`. */
export function parsePeakKiB(status: string): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]);
}

/** Reads what workerd has taken so far; Linux only. */
export function readWorkerdUse(): WorkerdUse {
  const processes = listWorkerd();
  const peaks = processes.map(({ id }) => parsePeakKiB(readFileSync(`/proc/${id}/status`, 'utf8')));
  return {
    cpuMs: processes.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    peakRssMiB: Math.round(Math.max(...peaks) / 1024),
  };
}

/** Has peaks begin anew from what is resident now. */
export function forgetPeaks(): void {
  for (const { id } of listWorkerd()) writeFileSync(`/proc/${id}/clear_refs`, '5');
}

function listWorkerd(): readonly ProcessStat[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((id) => {
      try {
        return [parseStat(readFileSync(`/proc/${id}/stat`, 'utf8'))];
      } catch {
        // It has ended since it was listed.
        return [];
      }
    });
  const byId = new Map(all.map((one) => [one.id, one]));
  const isBelow = (one: ProcessStat | undefined): boolean =>
    one !== undefined && (one.parent === process.pid || isBelow(byId.get(one.parent)));
  return all.filter((one) => one.name === 'workerd' && isBelow(one));
}
