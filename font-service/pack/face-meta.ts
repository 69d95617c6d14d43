import * as v from 'valibot';
import { TypecaseError } from '../errors.ts';
import { parseBuildId, parseFaceId, parsePlanId } from '../identifiers.ts';

/** The languages that priors exist for, as BCP 47 tags. */
export const LANGUAGES = ['ja', 'ko', 'zh-Hans', 'zh-Hant'] as const;
export type Language = (typeof LANGUAGES)[number];

const MAX_UNICODE_RANGE_CHARACTERS = 200_000;
/** Nine times the longest plan of deltas of the tests' faces. */
const MAX_DELTAS_CHARACTERS = 100_000;

/** A field that an identifier's parser reads; what it refuses is wrong with the field. */
function identifier<T>(parse: (text: string) => T) {
  return v.pipe(
    v.string(),
    v.rawTransform<string, T>(({ dataset, addIssue, NEVER }) => {
      try {
        return parse(dataset.value);
      } catch (error) {
        if (!(error instanceof TypecaseError)) throw error;
        addIssue({ message: error.message });
        return NEVER;
      }
    }),
  );
}

const range = v.pipe(
  v.string(),
  v.maxLength(MAX_UNICODE_RANGE_CHARACTERS),
  v.regex(/^U\+[0-9A-F]+(?:-[0-9A-F]+)?(?:,U\+[0-9A-F]+(?:-[0-9A-F]+)?)*$/),
);
/** As `formatDeltaPlan` writes it: blocks by commas, a block's lists by full stops. */
const deltas = v.pipe(
  v.string(),
  v.maxLength(MAX_DELTAS_CHARACTERS),
  v.regex(/^(?:[A-U][\w-]+(?:\.(?:[A-U][\w-]+)?)*)?(?:,(?:[A-U][\w-]+(?:\.(?:[A-U][\w-]+)?)*)?)*$/),
);
const notice = v.pipe(v.string(), v.maxLength(20_000));
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff));
const bytesRange = v.object({ offset: count, length: count });

/** The parsers of a description's fields, for those who keep some of them. */
export const faceMetaEntries = {
  face: identifier(parseFaceId),
  build: identifier(parseBuildId),
  family: v.pipe(v.string(), v.minLength(1), v.maxLength(100), v.regex(/^[^\p{C}"'\\<>;{}]+$/u)),
  style: v.picklist(['normal', 'italic']),
  weight: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(999)),
  language: v.picklist(LANGUAGES),
  /** The axes of the font file, before an instance was taken of it. */
  axes: v.pipe(
    v.array(v.object({ tag: v.pipe(v.string(), v.length(4)), min: v.number(), max: v.number() })),
    v.maxLength(16),
  ),
  /** Codepoints that the face draws. */
  coverage: count,
  notices: v.object({ copyright: notice, licence: notice, licenceUrl: notice, version: notice }),
  /** Base files by number, 0 first; `unicodeRange` is exact and disjoint. */
  bases: v.pipe(v.array(v.object({ unicodeRange: range, codepoints: count })), v.maxLength(64)),
  /** How the face is cut. */
  plan: v.object({
    id: identifier(parsePlanId),
    /** The no-script slices by number, in stylesheet order (rarest first); where ranges overlap the later one holds the codepoint. */
    slices: v.pipe(v.array(v.object({ unicodeRange: range, codepoints: count })), v.maxLength(1000)),
    /** What may be asked for by deltas, and how it is rounded; `parseDeltaPlan` reads it. Empty in packs of older pipelines. */
    deltas: v.optional(deltas, ''),
  }),
  /** Static sfnt tables, by byte range within the tables section. */
  tables: v.pipe(v.array(v.object({ tag: v.pipe(v.string(), v.length(4)), ...bytesRange.entries })), v.maxLength(16)),
  /** Finished font files, by byte range counted from the end of the core; names like `base-0`, `base-0v`, `s/1a2b3c4d/12`. */
  files: v.pipe(
    v.array(v.object({ name: v.pipe(v.string(), v.maxLength(64)), ...bytesRange.entries })),
    v.maxLength(2000),
  ),
};

const faceMeta = v.object(faceMetaEntries);

/** What a pack says of its face, besides the glyphs. */
export type FaceMeta = Readonly<v.InferOutput<typeof faceMeta>>;

/** Parses a pack's description. @throws TypecaseError `bad-pack`, naming the field. */
export function parseFaceMeta(json: string): FaceMeta {
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), faceMeta), json);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new TypecaseError(
    'bad-pack',
    `The pack's description is not right at ${v.getDotPath(issue) ?? 'its top'}: ${issue.message}.`,
  );
}
