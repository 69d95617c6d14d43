import type { ConformanceCase } from '../case-definition.ts';
import { exposureCases } from './fall-through-exposure.ts';
import { interceptionCases } from './fall-through-interception.ts';
import { lifetimeCases } from './fall-through-lifetime.ts';
import { registrationCases } from './fall-through-registration.ts';
import { requestCases } from './fall-through-requests.ts';

/** The cases of the group "fall-through". */
export const fallThroughCases: readonly ConformanceCase[] = [
  ...registrationCases,
  ...interceptionCases,
  ...exposureCases,
  ...requestCases,
  ...lifetimeCases,
];
