import { parseArgs } from 'node:util';
import { LANGUAGES, type Language } from '../../../font-service/pack/face-meta.ts';
import { parseLanguages, parseNumber, parseSeed } from '../replay/parse-option-values.ts';

/** What `npm run bench:unseen` is asked for. */
export type UnseenArguments = {
  /** A folder of traces to score; undefined for those that lie beside the project. */
  readonly traces: string | undefined;
  readonly languages: readonly Language[];
  readonly folds: number;
  readonly seed: number;
  readonly json: string | undefined;
  /** Whether groups by co-occurrence are scored, too. */
  readonly groups: boolean;
};

/** Parses the command's arguments. @throws Error that says what is wrong, and what would be right. */
export function parseUnseenArguments(args: readonly string[]): UnseenArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      traces: { type: 'string' },
      lang: { type: 'string', default: LANGUAGES.join() },
      folds: { type: 'string', default: '5' },
      seed: { type: 'string', default: '1' },
      json: { type: 'string' },
      groups: { type: 'boolean', default: false },
    },
  });
  return {
    traces: values.traces,
    languages: parseLanguages(values.lang),
    folds: parseNumber('--folds', values.folds, /^\d{1,2}$/, 2, 20),
    seed: parseSeed(values.seed),
    json: values.json,
    groups: values.groups,
  };
}
