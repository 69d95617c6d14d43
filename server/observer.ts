import type { FontFile } from '../font-service/font-url.ts';
import type { FaceId } from '../font-service/identifiers.ts';
import type { UsageReport } from '../font-service/usage/usage-report.ts';
import type { AnswerSource, Sighting, Tallies } from './ledger-protocol.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { clientOf, siteOf } from './site-of.ts';
import type { ReportResult, UsageCollector } from './usage-collector.ts';

/** An answer to a font request: what was asked, how it came about, how many bytes it has. */
type FontAnswer = {
  readonly face: FaceId;
  readonly file: FontFile;
  readonly source: AnswerSource;
  readonly bytes: number;
};

/** Sees what is asked, and passes it on without saying who asked. */
export interface Observer {
  /** Takes no time: nothing of it is awaited. */
  font(request: Request, answer: FontAnswer): void;
  /** Whether this client may send a report now, and wishes that one is recorded; asked before its body is read. */
  admit(request: Request): 'admitted' | 'declined' | 'limited';
  report(request: Request, report: UsageReport): Promise<ReportResult>;
}

/** What an observer works with. */
export type ObserverOptions = {
  readonly collector: UsageCollector;
  /** For fonts that are counted as observations, and for reports. */
  readonly fontLimiter: RateLimiter;
  readonly reportLimiter: RateLimiter;
  /** Hides a client's name in memory: a hash with a salt of this isolate's own. */
  readonly hideClient: (client: string) => number;
};

/** Creates an observer. */
export function createObserver({ collector, fontLimiter, reportLimiter, hideClient }: ObserverOptions): Observer {
  const sighting = (seen: Pick<Sighting, 'kind' | 'set' | 'bytes'>, request: Request): Sighting => ({
    ...seen,
    origin: siteOf(request.headers.get('Origin'), new URL(request.url).host),
    client: clientOf(request.headers.get('CF-Connecting-IP')),
  });
  const takes = (limiter: RateLimiter, request: Request) =>
    limiter.take(hideClient(clientOf(request.headers.get('CF-Connecting-IP'))));

  return {
    font: (request, { face, file, source, bytes }) => {
      if (mayNotObserve(request)) return;
      const tallies = tallyOf(file.kind, source, bytes);
      if (file.kind !== 'delta') collector.note(face, tallies);
      else if (takes(fontLimiter, request))
        collector.note(face, tallies, sighting({ kind: 'delta', set: file.set, bytes }, request));
      else collector.note(face, { ...tallies, limited: 1 });
    },
    admit: (request) => {
      if (mayNotObserve(request)) return 'declined';
      return takes(reportLimiter, request) ? 'admitted' : 'limited';
    },
    report: (request, { face, pages, files }) => {
      const tallies = { reports: 1, pages: pages.length, clientStored: files.stored, clientFetched: files.fetched };
      const sightings = pages.map((set) => sighting({ kind: 'page', set, bytes: 0 }, request));
      return collector.report(face, tallies, sightings);
    },
  };
}

function tallyOf(kind: FontFile['kind'], source: AnswerSource, bytes: number): Tallies {
  const name = ({ edge: 'Edge', best: 'Best', made: 'Made' } as const)[source];
  return { [`${kind}${name}`]: 1, [`${kind}Bytes`]: bytes };
}

/**
 * Tells whether a request asks not to be observed.
 *
 * @see https://privacycg.github.io/gpc-spec/ and https://www.w3.org/TR/tracking-dnt/
 */
function mayNotObserve({ headers }: Request): boolean {
  return headers.get('Sec-GPC') === '1' || headers.get('DNT') === '1';
}
