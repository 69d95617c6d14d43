/** The folders of `sites/`. */
export const sites = ['index', 'hant', 'ja', 'ko', 'hans', 'reader', 'tally'] as const;

/** A site by the name of its folder. */
export type Site = (typeof sites)[number];

/** Resolves a Host header to its site; `demo.localhost`, the bare `localhost` and unknown hosts are the index. */
export function siteOfHost(host: string | undefined): Site {
  const label = host?.toLowerCase().split(':', 1)[0]?.split('.', 1)[0];
  return sites.find((site) => site === label) ?? 'index';
}
