import type { ConformanceCase } from '../case-definition.ts';
import { portsCollectionCases } from './ports-collection.ts';
import { portsEndCases } from './ports-end.ts';
import { portsLifeCases } from './ports-life.ts';

/** The cases of the group "ports". */
export const portsCases: readonly ConformanceCase[] = [...portsCollectionCases, ...portsLifeCases, ...portsEndCases];
