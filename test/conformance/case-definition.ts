import type { ThirdPartyCookies } from '../support/spawn-chromium.ts';
import type { World } from './world.ts';

/** Where a case runs. */
type CaseRuntime = 'node' | 'chromium';

/** What became of a case; the reason is empty where it passed. */
export type Verdict = {
  readonly id: string;
  readonly result: 'pass' | 'fail' | 'skip';
  readonly where: CaseRuntime;
  readonly reason: string;
};

/** A case of pure code. */
export type NodeCase = {
  readonly id: string;
  readonly where: 'node';
  readonly title: string;
  run(): void | Promise<void>;
};

/** A case that needs a browser; it fails if it fails in one of its profiles. */
export type ChromiumCase = {
  readonly id: string;
  readonly where: 'chromium';
  readonly title: string;
  /** Both where it is left out. */
  readonly profiles?: readonly ThirdPartyCookies[];
  run(world: World): Promise<void>;
};

/** A case that is left out on purpose, with the reason. */
export type SkippedCase = {
  readonly id: string;
  readonly where: CaseRuntime;
  readonly title: string;
  readonly skip: string;
};

/** A case of the conformance list, as this project defines it. */
export type ConformanceCase = NodeCase | ChromiumCase | SkippedCase;
