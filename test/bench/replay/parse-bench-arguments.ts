import { parseArgs } from 'node:util';
import type { Language } from '../../../font-service/pack/face-meta.ts';
import { parseLanguages, parseNumber, parseSeed } from './parse-option-values.ts';

/** What `npm run bench` is asked for. */
export type BenchArguments = {
  /** A folder of traces; undefined for what is there by default. */
  readonly traces: string | undefined;
  /** Undefined for all that the traces hold. */
  readonly languages: readonly Language[] | undefined;
  readonly sessions: number;
  readonly seed: number;
  /** 0 to 1. */
  readonly locality: number;
  readonly json: string | undefined;
  readonly report: string | undefined;
  /** A file of `npm run bench:learning -- --json`, for the report. */
  readonly learning: string | undefined;
};

/** For all languages some seven minutes of one core, the first time; half of them where `subset-font`’s sizes are known. */
const DEFAULT_SESSIONS = 8;
const MAX_SESSIONS = 1000;

/** Parses the command's arguments. @throws Error that says what is wrong, and what would be right. */
export function parseBenchArguments(args: readonly string[]): BenchArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      traces: { type: 'string' },
      lang: { type: 'string' },
      sessions: { type: 'string', default: String(DEFAULT_SESSIONS) },
      seed: { type: 'string', default: '1' },
      locality: { type: 'string', default: '0.5' },
      json: { type: 'string' },
      report: { type: 'string' },
      learning: { type: 'string' },
    },
  });
  return {
    traces: values.traces,
    languages: values.lang === undefined ? undefined : parseLanguages(values.lang),
    sessions: parseNumber('--sessions', values.sessions, /^\d{1,4}$/, 1, MAX_SESSIONS),
    seed: parseSeed(values.seed),
    locality: parseNumber('--locality', values.locality, /^[01](?:\.\d{1,6})?$/, 0, 1),
    json: values.json,
    report: values.report,
    learning: values.learning,
  };
}
