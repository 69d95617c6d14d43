import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type ErrorCode, TypecaseError } from '../font-service/errors.ts';

/** The status of every error about input. */
const STATUS: Readonly<Record<ErrorCode, ContentfulStatusCode>> = {
  'bad-codepoint-set': 400,
  'bad-unicode-range': 400,
  'bad-identifier': 400,
  'bad-query': 400,
  'bad-usage': 500,
  'bad-usage-report': 400,
  'missing-family': 400,
  'bad-font': 400,
  'unservable-font': 422,
  'bad-pack': 400,
  'bad-priors': 400,
  'out-of-bounds': 400,
};

/** A refusal: its status, a title of few words, and what is wrong and what would be right. */
export type Problem = { readonly status: ContentfulStatusCode; readonly title: string; readonly detail: string };

/** The problem that an error stands for; what is no error about input is ours to fix, and its message stays inside. */
export function problemOf(error: Error): Problem {
  if (error instanceof TypecaseError) return { status: STATUS[error.code], title: error.code, detail: error.message };
  return {
    status: 500,
    title: 'internal-error',
    detail: 'Something went wrong on our side; the request may be tried again.',
  };
}

/** Answers in the way of the path: problem+json below /v1 (RFC 9457), pages like Google's for /css2, else text. */
export function answerProblem(c: Context, { status, title, detail }: Problem): Response {
  if (c.req.path.startsWith('/v1/')) {
    return c.json({ type: 'about:blank', title, status, detail }, status, {
      'Content-Type': 'application/problem+json',
    });
  }
  if (c.req.path === '/css2') return c.html(googleStylePage(status, detail), status);
  return c.text(`${status}: ${detail}\n`, status);
}

/** Answers that something is not there; `detail` says what would be. */
export function answerNotFound(c: Context, detail: string): Response {
  return answerProblem(c, { status: 404, title: 'not-found', detail });
}

function googleStylePage(status: number, detail: string): string {
  const [title = '', ...lines] = detail.split('\n').map(escapeHtml);
  const body = [`${status}: ${title}`, ...lines].map((line) => `<p>${line}</p>`).join('\n');
  return `<!DOCTYPE html>\n<html lang="en">\n<meta charset="utf-8">\n<title>Error ${status} (${title})</title>\n${body}\n</html>\n`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
