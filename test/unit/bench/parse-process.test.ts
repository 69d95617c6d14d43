import { describe, expect, it } from 'vitest';
import { parsePeakKiB, parseStat } from '../../bench/ledger/workerd-use.ts';

describe('what Linux tells of a process', () => {
  it('is its name, its parent and its CPU time, whatever the name has in it', () => {
    const stat = '5515 (work) er) S 23132 23125 23125 0 -1 4194304 29911 0 0 0 250 50 7 9 20 0 18 0 86317 5 6';
    expect(parseStat(stat)).toEqual({ id: 5515, name: 'work) er', parent: 23132, cpuMs: 3000 });
  });

  it('is its peak memory', () => {
    expect(parsePeakKiB('Name:\tworkerd\nVmPeak:\t  99 kB\nVmHWM:\t  123456 kB\nVmRSS:\t 5 kB\n')).toBe(123_456);
  });
});
