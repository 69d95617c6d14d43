import type { DeliveryKey, TransferredBytes } from '../replay/bench-results.ts';
import type { Bar } from './bar-table.ts';
import { formatBytes, formatCount } from './format-figures.ts';
import { DELIVERY_WORDS } from './words.ts';

type BytesRow = DeliveryKey & { readonly bytes: TransferredBytes; readonly requests: number };

/** Bars of transferred bytes: fonts full, all else lighter; requests in a further cell. */
export function barsOfBytes(rows: readonly BytesRow[]): readonly Bar[] {
  return rows.map(({ delivery, bytes, requests }) => ({
    name: DELIVERY_WORDS[delivery].name,
    kind: DELIVERY_WORDS[delivery].kind,
    parts: [bytes.font, bytes.total - bytes.font],
    value: formatBytes(bytes.total),
    cells: [formatCount(requests)],
  }));
}

/** The scale of such bars: the longest but for the whole font's, which would leave nothing to be seen of the others. */
export function scaleOfBytes(rows: readonly BytesRow[]): number {
  const others = rows.filter(({ delivery }) => delivery !== 'whole-font');
  return Math.max(1, ...(others.length > 0 ? others : rows).map(({ bytes }) => bytes.total));
}
