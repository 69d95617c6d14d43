/** A request that a page view causes, and what answers it. */
export type CountedRequest = {
  readonly kind: 'font' | 'css' | 'script';
  /** Path and query as sent. */
  readonly path: string;
  /** Bytes of the answer's body as sent; 0 where it has none. */
  readonly bytes: number;
  /**
   * Requests of one batch are known, and sent, at the same time; batches follow each other by number. Undefined for what is
   * sent when the text is drawn already.
   */
  readonly batch: number | undefined;
};

/** The requests of one page view. */
export type PageView = readonly CountedRequest[];

/**
 * What HTTP's headers are taken to have: HTTP/2 and 3 send again only what differs from the connection's earlier ones, so
 * that a request is little more than its path, an answer its date, length, tag and timing.
 */
export const REQUEST_HEADER_BYTES = 60;
export const RESPONSE_HEADER_BYTES = 180;

/** The estimated bytes of a request's headers, and of its answer's. */
export function headerBytesOf({ path }: Pick<CountedRequest, 'path'>): { readonly up: number; readonly down: number } {
  return { up: REQUEST_HEADER_BYTES + path.length, down: RESPONSE_HEADER_BYTES };
}
