/** What a response asks to install: absolute URLs of the response's origin. */
export type Installation = { readonly scriptUrl: string; readonly scopeUrl: string };

/**
 * Parses what a response asks to install, from `Service-Worker-Script` and `Service-Worker-Scope`.
 *
 * `header` reads a header of the response, null where it is absent. URLs resolve against the response's; the scope defaults
 * to the script's folder. Lists are paired by position, and each pair is judged alone: it is left out where a URL cannot be
 * parsed, is of another origin, or has an encoded slash or backslash in its path. The maximum scope is for `register()`.
 * @see explainer, "Mommy, Where Do Service Workers Come From?"
 */
export function parseInstallations(
  responseUrl: string,
  header: (name: string) => string | null,
): readonly Installation[] {
  const list = (name: string) => header(name)?.split(',') ?? [];
  const scopes = list('Service-Worker-Scope');
  return list('Service-Worker-Script').flatMap((script, i) => {
    const scriptUrl = resolveSafely(script, responseUrl);
    const scopeUrl = scriptUrl && resolveSafely(scopes[i]?.trim() || new URL('.', scriptUrl).href, responseUrl);
    return scriptUrl && scopeUrl ? [{ scriptUrl, scopeUrl }] : [];
  });
}

/** Resolves a URL for a worker; undefined where `register()` would refuse it. */
function resolveSafely(text: string, base: string): string | undefined {
  const url = text.trim() && URL.canParse(text, base) ? new URL(text, base) : undefined;
  if (url?.origin !== new URL(base).origin || /^blob|%2f|%5c/i.test(url.protocol + url.pathname)) return undefined;
  url.hash = '';
  return url.href;
}
