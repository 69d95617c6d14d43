import type { ConformanceCase } from '../case-definition.ts';
import { connectEstablishedCases } from './connect-established.ts';
import { connectLifeCases } from './connect-life.ts';
import { connectPortCases } from './connect-port.ts';
import { connectRefusedCases } from './connect-refused.ts';

/** The cases of the group "connect". */
export const connectCases: readonly ConformanceCase[] = [
  ...connectEstablishedCases,
  ...connectPortCases,
  ...connectRefusedCases,
  ...connectLifeCases,
];
