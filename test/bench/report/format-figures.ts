const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** Bytes as B, kB or MB of 1,000, to three figures or so: `812 B`, `17.2 kB`, `171 kB`, `2.89 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 999.5) return `${grouped.format(bytes)} B`;
  if (bytes < 99_950) return `${(bytes / 1e3).toFixed(1)} kB`;
  if (bytes < 999_500) return `${grouped.format(bytes / 1e3)} kB`;
  if (bytes < 99_950_000) return `${(bytes / 1e6).toFixed(bytes < 9_995_000 ? 2 : 1)} MB`;
  return `${grouped.format(bytes / 1e6)} MB`;
}

/** Bytes as at an axis, without zeros that say nothing: `5 MB`. */
export function formatTick(bytes: number): string {
  return formatBytes(bytes).replace(/\.0+ /, ' ');
}

/** A mean count, to one decimal below 100: `230`, `23.4`. */
export function formatCount(count: number): string {
  return Number.isInteger(count) || count >= 99.95 ? grouped.format(count) : count.toFixed(1);
}

/** A change as per cent with its sign: -0.915 is `−91.5 %`. */
export function formatChange(change: number): string {
  const percent = (Math.abs(change) * 100).toFixed(1);
  if (percent === '0.0') return '±0.0 %';
  return `${change < 0 ? '−' : '+'}${percent} %`;
}

/** Several changes as one, or as the range from the lowest to the highest. */
export function formatChangeRange(changes: readonly number[]): string {
  const lowest = formatChange(Math.min(...changes));
  const highest = formatChange(Math.max(...changes));
  return lowest === highest ? lowest : `${lowest.replace(' %', '')} to ${highest}`;
}

/** A ratio: `1.24×`; below a tenth with a figure more. */
export function formatRatio(ratio: number): string {
  return `${ratio.toFixed(ratio < 0.1 ? 3 : 2)}×`;
}
