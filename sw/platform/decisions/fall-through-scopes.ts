/** What a call of `handleFallThroughRequests` registers: absolute URLs, and the origins whose requests are meant. */
export type FallThroughRule = { readonly scopes: readonly string[]; readonly origins: readonly string[] };

/**
 * Parses the arguments of `handleFallThroughRequests`. Throws TypeError for the first thing wrong, and registers nothing then.
 *
 * Scopes resolve against the worker's URL and lie in its registration's scope; an empty list registers nothing.
 * `origins` is a list of origins, or `'*'` (the default) for all.
 * @see explainer, "Solving the Fonts Problem"
 */
export function parseFallThroughRule(
  scopes: unknown,
  options: unknown,
  registrationScope: string,
  workerUrl: string,
): FallThroughRule {
  const { origins: named = '*' } = (options ?? {}) as { readonly origins?: unknown };
  const origins = named === '*' ? [named] : named;
  if (!isTextList(scopes)) throw new TypeError('The scopes must be a list of strings.');
  if (!isTextList(origins) || !origins.length || !origins.every(isOrigin)) {
    throw new TypeError("The origins must be a list like ['https://site.example'], or ['*'].");
  }
  const resolved = scopes.map((scope) => new URL(scope, workerUrl).href.replace(/#.*/, ''));
  const stray = resolved.find((scope) => !scope.startsWith(registrationScope));
  if (stray) throw new TypeError(`${stray} is not in the worker's scope ${registrationScope}`);
  return { scopes: resolved, origins };
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isOrigin(text: string): boolean {
  return text === '*' || (/^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text);
}

/** Whether a rule is meant for a request: scopes are plain prefixes of its URL, so `/font` also covers `/fonts.css`. */
export function matchesRule({ scopes, origins }: FallThroughRule, url: string, clientOrigin: string): boolean {
  return (
    scopes.some((scope) => url.startsWith(scope)) && origins.some((origin) => origin === '*' || origin === clientOrigin)
  );
}
