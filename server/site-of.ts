/** Labels that stand for a kind of registrant below a country's domain, as in `example.co.jp`. */
const KINDS = new Set('ac ad co com ed edu go gob gov gr idv lg mil ne net or org re'.split(' '));
const MAX_ORIGIN_CHARACTERS = 300;

/**
 * Tells the site of a request's `Origin`: scheme-less, the domain that somebody has registered; empty where it is not told.
 *
 * Subdomains of one domain are one site, so that nobody is many sites for free. Without the public suffix list, domains
 * below a shared suffix like `github.io` count as one, too: that errs towards fewer sites.
 * @param ownHost the service's own: what its worker and hub fetch tells nothing of the site.
 */
export function siteOf(origin: string | null, ownHost: string): string {
  if (origin === null || origin.length > MAX_ORIGIN_CHARACTERS || !URL.canParse(origin)) return '';
  const { hostname, host, protocol } = new URL(origin);
  if (host === ownHost || !/^https?:$/.test(protocol)) return '';
  if (/^[\d.]+$|^\[/.test(hostname)) return hostname;
  const labels = hostname.split('.');
  const [second = '', top = ''] = labels.slice(-2);
  return labels.slice(top.length === 2 && KINDS.has(second) ? -3 : -2).join('.');
}

/**
 * Names who sends a request, for limits and for bucket numbers; never stored.
 *
 * Of an IPv6 address the network's half: the rest is free to choose.
 */
export function clientOf(address: string | null): string {
  if (address === null) return '';
  if (!address.includes(':')) return address;
  const [head = '', tail = ''] = address.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const missing = 8 - groups.length - tail.split(':').filter((group) => group !== '').length;
  const whole = [...groups, ...new Array<string>(Math.max(0, missing)).fill('0')];
  return whole.slice(0, 4).join(':');
}
