import type { ConformanceCase } from '../case-definition.ts';
import { installContextCases } from './install-contexts.ts';
import { installFailureCases } from './install-failures.ts';
import { installScopeCases } from './install-scope.ts';

/** The cases of the group "install-headers". */
export const installHeadersCases: readonly ConformanceCase[] = [
  ...installScopeCases,
  ...installFailureCases,
  ...installContextCases,
];
