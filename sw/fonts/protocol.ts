import { type CodepointSet, codepointSetOf } from '../../font-service/codepoints/codepoint-set.ts';
import { isDeltaName } from './delta-names.ts';
import { type FontKey, fontPathOf, parseFontKey } from './font-key.ts';
import { isWoff2 } from './is-woff2.ts';
import { MAX_ASKED_CODEPOINTS, MAX_FILES, MAX_FONT_BYTES } from './limits.ts';

/**
 * What pages and stores of fonts say to each other over a port: with this site's store at `/font`, with the one that all
 * sites share, if there is one, at `/hub`.
 */

/** Asks for base files by name and for codepoints: `find` what the store holds, `fetch` what it lacks from the network, too. */
export type FontAsk = {
  readonly ask: 'find' | 'fetch';
  /** Comes back with the answer. */
  readonly id: number;
  readonly face: string;
  readonly build: string;
  /** Like `base-0`, `base-2v`. */
  readonly files: readonly string[];
  readonly codepoints: CodepointSet;
};

/** Gives the store a font that the page has fetched itself: `base-0` or `d/{set}`. */
export type KeepAsk = {
  readonly ask: 'keep';
  readonly face: string;
  readonly build: string;
  readonly file: string;
  readonly bytes: ArrayBuffer;
};

/** A font in an answer; `codepoints` are all that a delta has, none for other files. */
export type SentFont = {
  readonly file: string;
  readonly codepoints: CodepointSet;
  readonly bytes: ArrayBuffer;
  /** Whether it was stored already; false: it has just come from the network. */
  readonly isStored: boolean;
};

/** The answer to `find` and `fetch`: what there is. Every codepoint asked for is in at least one of the fonts, if it can be. */
export type FontAnswer = { readonly id: number; readonly fonts: readonly SentFont[] };

/**
 * The bridge's first message to who connects to `/hub`: whether sites share a store here; if not, the port is of no use.
 * `isInstalled` tells whether this site's store has an active worker: one that has none is empty.
 */
export type HubGreeting = { readonly mode: 'hub' | 'site'; readonly isInstalled: boolean };

/** Parses what a page says; undefined for anything that is not exactly a message of this protocol, within its limits. */
export function parseAsk(value: unknown): FontAsk | KeepAsk | undefined {
  const { ask, id, face, build, files, codepoints, file, bytes } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (ask === 'keep') {
    const key = parseNames(face, build, file);
    return key && isKeepable(key) && isFont(bytes) ? { ask, ...key, bytes } : undefined;
  }
  const isAsk = (ask === 'find' || ask === 'fetch') && typeof id === 'number';
  const isSet = codepoints instanceof Uint32Array && codepoints.length <= MAX_ASKED_CODEPOINTS;
  if (!isAsk || !isSet || !Array.isArray(files) || files.length > MAX_FILES) return undefined;
  const keys = [FIRST_BASE, ...files].map((file) => parseNames(face, build, file));
  const [key] = keys;
  if (!key || !keys.every((key) => key && isBase(key))) return undefined;
  return {
    ask,
    id,
    face: key.face,
    build: key.build,
    files: [...new Set(files)],
    codepoints: codepointSetOf(codepoints),
  };
}

/** Any file: face and build are to be checked also where no file is asked for. */
const FIRST_BASE = 'base-0';

function parseNames(face: unknown, build: unknown, file: unknown): FontKey | undefined {
  const areTexts = [face, build, file].every((name) => typeof name === 'string');
  return areTexts ? parseFontKey(fontPathOf({ face, build, file } as FontKey)) : undefined;
}

function isBase({ file }: FontKey): boolean {
  return file.startsWith('base');
}

function isKeepable(key: FontKey): boolean {
  return isBase(key) || isDeltaName(key.file);
}

function isFont(bytes: unknown): bytes is ArrayBuffer {
  return bytes instanceof ArrayBuffer && bytes.byteLength <= MAX_FONT_BYTES && isWoff2(bytes);
}
