/** What this origin may store in all, in bytes; undefined where the browser does not tell. */
export async function readQuota(): Promise<number | undefined> {
  return (await navigator.storage.estimate()).quota;
}
