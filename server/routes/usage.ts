import { Hono } from 'hono';
import { TypecaseError } from '../../font-service/errors.ts';
import { MAX_REPORT_CHARACTERS, parseUsageReport, type UsageReport } from '../../font-service/usage/usage-report.ts';
import type { AppEnv, Dependencies } from '../environment.ts';
import { answerNotFound, answerProblem } from '../problems.ts';
import { readBody } from '../read-body.ts';

const RETRY_SECONDS = '60';
/** `text/plain` is what `sendBeacon` may send to another origin without asking it before. */
const REPORT_TYPE = /^(?:text\/plain|application\/json)(?:\s*;|$)/i;

/** `POST /v1/usage`: takes what a browser tells of the pages it has shown; 202 when it is on disk. */
export function createUsageRoutes({ library, observer, reportFailure }: Dependencies): Hono<AppEnv> {
  async function recorded(request: Request, report: UsageReport) {
    try {
      return await observer.report(request, report);
    } catch (error) {
      reportFailure(error as Error);
      return 'unreachable';
    }
  }

  return new Hono<AppEnv>()
    .options('/v1/usage', (c) => {
      c.header('Access-Control-Allow-Methods', 'POST');
      c.header('Access-Control-Allow-Headers', 'Content-Type');
      c.header('Access-Control-Max-Age', '86400');
      return c.body(null, 204);
    })
    .post('/v1/usage', async (c) => {
      const admission = observer.admit(c.req.raw);
      if (admission === 'declined') return c.body(null, 204);
      if (admission === 'limited') {
        c.header('Retry-After', RETRY_SECONDS);
        const detail = 'This client has sent more reports than its share; one for each page view is enough.';
        return answerProblem(c, { status: 429, title: 'too-many-reports', detail });
      }
      if (!REPORT_TYPE.test(c.req.header('Content-Type') ?? '')) {
        const detail = 'A report is JSON, as text/plain or application/json.';
        return answerProblem(c, { status: 415, title: 'unsupported-type', detail });
      }
      const body = await readBody(c.req.raw, MAX_REPORT_CHARACTERS);
      if (body.state === 'too-large') {
        const detail = `A report may have ${MAX_REPORT_CHARACTERS} bytes at most.`;
        return answerProblem(c, { status: 413, title: 'too-large', detail });
      }
      if (body.state === 'broken-off')
        throw new TypecaseError('bad-usage-report', 'The report broke off before its end; send it again.');
      const report = parseUsageReport(new TextDecoder().decode(body.bytes));
      if (!(await library.faces()).some(({ face }) => face === report.face))
        return answerNotFound(c, `There is no face ${report.face}; /v1/families lists those that are served.`);
      const result = await recorded(c.req.raw, report);
      if (result === 'recorded') return c.json({ recorded: report.pages.length }, 202);
      c.header('Retry-After', RETRY_SECONDS);
      const detail =
        'Usage cannot be recorded just now; fonts are served all the same. Nothing was kept of this report.';
      return answerProblem(c, { status: 503, title: 'ledger-unavailable', detail });
    });
}
