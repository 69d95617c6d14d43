import type { DeltaPlan } from '../../font-service/plan/delta-plan.ts';
import { formatDeltaPlan } from '../../font-service/plan/delta-plan.ts';
import type { Face } from '../../sw/page/face.ts';
import { type Rule, readFaces } from '../../sw/page/read-faces.ts';

/** Makes a rule of a stylesheet from its descriptors. */
export function ruleOf(descriptors: Readonly<Record<string, string>>, selectorText?: string): Rule {
  return { selectorText, style: { getPropertyValue: (name) => descriptors[name] ?? '' } };
}

/** Makes the rule of a face's base. */
export function baseRule(file: string, unicodeRange: string, others: Readonly<Record<string, string>> = {}): Rule {
  return ruleOf({
    'font-family': '"Noto Sans JP"',
    'font-weight': '400',
    'font-style': 'normal',
    src: `url("https://fonts.example/font/noto-sans-jp-400/0123456789/${file}.woff2") format("woff2")`,
    'unicode-range': unicodeRange,
    ...others,
  });
}

/** Makes the rule of the plan of some faces. */
export function planRule(plan: DeltaPlan, selectorText = 'noto-sans-jp-400'): Rule {
  return ruleOf({ '--typecase-plan': ` "${formatDeltaPlan(plan)}"` }, selectorText);
}

/** Reads rules of one face. */
export function faceOf(rules: readonly Rule[], isApplied = false): Face {
  const [face] = readFaces(rules, isApplied, (id) => id).values();
  if (face === undefined) throw new Error('The rules are of no face.');
  return face;
}
