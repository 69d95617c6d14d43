/** The element that loads this script: known only while it runs for the first time. */
export const script = document.currentScript as HTMLScriptElement | null;

/** Where the script comes from; undefined where it is not loaded by an element of its own. */
export const scriptUrl = script?.src ? new URL(script.src) : undefined;

/** Adds the stylesheet that the script's own query asks for, if it has one; its media never apply: it is for us alone. */
export function addOwnSheet({ origin, search }: URL): void {
  const href = `${origin}/css2${search}&delivery=delta`;
  const link = { rel: 'stylesheet', crossOrigin: '', media: 'typecase', href };
  if (search) document.documentElement.append(Object.assign(document.createElement('link'), link));
}
