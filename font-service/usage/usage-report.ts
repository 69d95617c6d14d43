import * as v from 'valibot';
import type { CodepointSet } from '../codepoints/codepoint-set.ts';
import { parseSet } from '../codepoints/set-encoding.ts';
import { TypecaseError } from '../errors.ts';
import { type BuildId, type FaceId, parseBuildId, parseFaceId } from '../identifiers.ts';

/** Most characters of a report: what browsers let `sendBeacon` carry. */
export const MAX_REPORT_CHARACTERS = 65_536;
/** Most pages of a report. */
export const MAX_REPORT_PAGES = 16;

/** What a browser tells of pages that it has shown: which codepoints each drew with a face, and nothing else. */
export type UsageReport = {
  readonly face: FaceId;
  readonly build: BuildId;
  /** One to sixteen sets, none empty. */
  readonly pages: readonly CodepointSet[];
  /** Font files of the face that the browser had stored, and those that it fetched. */
  readonly files: { readonly stored: number; readonly fetched: number };
};

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1000));

const report = v.strictObject({
  version: v.literal(1),
  face: v.string(),
  build: v.string(),
  pages: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(MAX_REPORT_PAGES)),
  files: v.optional(v.tuple([count, count]), [0, 0]),
});

/**
 * Parses the body of `POST /v1/usage`: `{"version":1,"face":"…","build":"…","pages":["…",…]}`, and where
 * the browser tells it `"files":[stored,fetched]`.
 *
 * Pages are codepoint sets as URLs spell them. A report with any other member is refused: nothing is taken that is not
 * meant to be sent.
 * @throws TypecaseError `bad-usage-report`, `bad-identifier` or `bad-codepoint-set`.
 */
export function parseUsageReport(text: string): UsageReport {
  if (text.length > MAX_REPORT_CHARACTERS)
    throw badReport(`it has ${text.length} characters; ${MAX_REPORT_CHARACTERS} is the limit`);
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), report), text);
  if (!result.success) {
    const [issue] = result.issues;
    throw badReport(`${v.getDotPath(issue) ?? 'its top'} is not right: ${issue.message}`);
  }
  const { face, build, pages, files } = result.output;
  const [stored, fetched] = files;
  return {
    ...{ face: parseFaceId(face), build: parseBuildId(build) },
    ...{ pages: pages.map(parseSet), files: { stored, fetched } },
  };
}

function badReport(reason: string): TypecaseError {
  return new TypecaseError(
    'bad-usage-report',
    `The usage report cannot be read: ${reason}. Send {"version":1,"face":"noto-sans-jp-400","build":"…","pages":["…"]}.`,
  );
}
