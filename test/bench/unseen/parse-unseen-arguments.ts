import { parseArgs } from 'node:util';
import type { Language } from '../../../font-service/pack/face-meta.ts';
import { parseLanguages, parseNumber, parseSeed } from '../replay/parse-option-values.ts';

/** What `npm run bench:unseen` is asked for. */
export type UnseenArguments = {
  /** A folder of traces to score; undefined for those that lie beside the project. */
  readonly traces: string | undefined;
  /** Undefined for all that the traces hold. */
  readonly languages: readonly Language[] | undefined;
  readonly folds: number;
  readonly seed: number;
  readonly json: string | undefined;
  /** Whether other groups are scored, too: at other thresholds, and by co-occurrence. */
  readonly groups: boolean;
};

/** Parses the command's arguments. @throws Error that says what is wrong, and what would be right. */
export function parseUnseenArguments(args: readonly string[]): UnseenArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      traces: { type: 'string' },
      lang: { type: 'string' },
      folds: { type: 'string', default: '5' },
      seed: { type: 'string', default: '1' },
      json: { type: 'string' },
      groups: { type: 'boolean', default: false },
    },
  });
  return {
    traces: values.traces,
    languages: values.lang === undefined ? undefined : parseLanguages(values.lang),
    folds: parseNumber('--folds', values.folds, /^\d{1,2}$/, 2, 20),
    seed: parseSeed(values.seed),
    json: values.json,
    groups: values.groups,
  };
}
