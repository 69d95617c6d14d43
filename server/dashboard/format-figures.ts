const COUNT = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const SHORT = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A count with separators: 12,345. */
export function formatCount(count: number): string {
  return COUNT.format(count);
}

/** Bytes in the unit that suits them, three digits: 1.23 MB, −30 kB; a dash where they are not known. */
export function formatBytes(bytes: number | null): string {
  if (bytes === null) return '–';
  const size = Math.abs(bytes);
  const power = size < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(size) / 3));
  return `${bytes < 0 ? '−' : ''}${SHORT.format(size / 1000 ** power)} ${UNITS[power]}`;
}

/** A share as percent; a dash before anything is known. */
export function formatShare(share: number | null): string {
  return share === null ? '–' : `${SHORT.format(Math.round(share * 1000) / 10)} %`;
}

/** A time as `2026-11-24 21:30`, UTC. */
export function formatTime(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 16).replace('T', ' ');
}

/** An age in the largest unit that it fills: 3 days. */
export function formatAge(ms: number): string {
  const [unit = 'minute', length = 60_000] =
    (
      [
        ['day', 86_400_000],
        ['hour', 3_600_000],
      ] as const
    ).find(([, least]) => ms >= least) ?? [];
  const count = Math.floor(ms / length);
  return `${formatCount(count)} ${unit}${count === 1 ? '' : 's'}`;
}
