import * as v from 'valibot';
import { decodePage } from './decode-page.ts';
import { readBoundedFile } from './read-bounded-file.ts';
import { siteAndPathOf } from './site-of-url.ts';
import { MAX_PAGE_BYTES, type SourceOutcome, type TakeOutcome, TOO_LARGE } from './source-page.ts';
import { TraceError } from './trace-error.ts';

/** Node's longest text is a little above. */
const MAX_HAR_BYTES = 400 * 1024 * 1024;

const har = v.object({
  log: v.object({
    entries: v.array(
      v.object({
        request: v.object({ url: v.string() }),
        response: v.object({
          status: v.number(),
          content: v.object({
            mimeType: v.optional(v.string(), ''),
            text: v.optional(v.string()),
            encoding: v.optional(v.string()),
          }),
        }),
      }),
    ),
  }),
});
type HarEntry = v.InferOutput<typeof har>['log']['entries'][number];

/**
 * Reads the HTML documents of a HAR file as pages of their hosts.
 * @see http://www.softwareishard.com/blog/har-12-spec/
 * @throws TraceError where the file is no HAR.
 */
export function readHarPages(path: string, site: string | undefined, take: TakeOutcome): void {
  const result = v.safeParse(har, parseJson(path, readBoundedFile(path, MAX_HAR_BYTES)));
  if (!result.success) {
    const [issue] = result.issues;
    throw new TraceError(
      `${path} is no HAR file at ${v.getDotPath(issue) ?? 'its top'}: ${issue.message}; browsers' network panels export HAR with content.`,
    );
  }
  for (const entry of result.output.log.entries) if (isDocument(entry)) take(outcomeOf(entry, site));
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TraceError(`${path} is no HAR file: not JSON (${(error as Error).message}).`);
  }
}

function isDocument({ response }: HarEntry): boolean {
  return response.status === 200 && /^(?:text\/html|application\/xhtml\+xml)\b/i.test(response.content.mimeType);
}

function outcomeOf({ request, response: { content } }: HarEntry, site: string | undefined): SourceOutcome {
  const place = siteAndPathOf(request.url);
  if (place === undefined) return { kind: 'dropped', reason: 'an address that is not http or https' };
  if (content.text === undefined || content.text === '')
    return { kind: 'dropped', reason: 'no content in the HAR file; export it with content' };
  if (content.text.length > MAX_PAGE_BYTES * 1.4) return { kind: 'dropped', reason: TOO_LARGE };
  const isBase64 = content.encoding?.toLowerCase() === 'base64';
  const text = isBase64 ? decodePage(Buffer.from(content.text, 'base64'), content.mimeType) : content.text;
  return { kind: 'page', site: site ?? place.site, path: place.path, format: 'html', content: text };
}
