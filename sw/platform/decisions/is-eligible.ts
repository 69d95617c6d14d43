/** What decides over a request; a Request has this shape, and so has what is sent of it. */
export type RequestFacts = {
  readonly url: string;
  readonly method: string;
  readonly mode: string;
  readonly destination: string;
  readonly headers: Iterable<readonly [string, string]>;
};

const METHOD = /^(GET|HEAD|POST)$/;
const DESTINATION = /^(document|i?frame|embed|object|report|.*worker|.*worklet)$/;
/** Not the script's: browsers show service workers these headers of their own, on every request. */
const BROWSER_HEADER =
  /^(sec-.*|accept-encoding|dnt|origin|referer|save-data|user-agent|cache-control|pragma|priority)$/i;
const LANGUAGE = /^[\w *,.;=-]*$/;
const SAFE = /^[\t !#-'*-9;=A-Z^-z|~\u{80}-\u{10ffff}]*$/u;
const SAFE_HEADERS: Readonly<Record<string, RegExp>> = {
  accept: SAFE,
  'accept-language': LANGUAGE,
  'content-language': LANGUAGE,
  'content-type': /^\s*(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\s*(;|$)/i,
  range: /^bytes=\d+-\d*$/,
};

/**
 * Whether a request may fall through to a foreign worker at all: one that the network would be asked without a preflight.
 *
 * It is for another origin over http(s), by GET, HEAD or POST, with safelisted headers only (a `range` of one span
 * included), and neither a navigation nor a worker's script nor a report. Its mode is `cors` or `no-cors`; a no-cors
 * request without a destination, a `fetch(url, { mode: 'no-cors' })`, is left out: its answer has to be opaque, and only
 * the network can make it so.
 * @see conformance F-29, F-30, F-33, F-35; Fetch, "CORS-safelisted request-header"
 */
export function isEligible(request: RequestFacts, clientOrigin: string): boolean {
  const { url, method, mode, destination, headers } = request;
  return (
    /^https?:/.test(url) &&
    new URL(url).origin !== clientOrigin &&
    METHOD.test(method) &&
    (mode === 'cors' || (mode === 'no-cors' && destination !== '')) &&
    !DESTINATION.test(destination) &&
    [...headers].every(([name, value]) => BROWSER_HEADER.test(name) || isSafelisted(name, value))
  );
}

/** Whether a header needs no preflight: only these are told to the foreign worker. */
export function isSafelisted(name: string, value: string): boolean {
  return value.length <= 128 && SAFE.test(value) && SAFE_HEADERS[name.toLowerCase()]?.test?.(value) === true;
}
