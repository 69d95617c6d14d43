import type { Batch } from './batch.ts';
import { type Counts, isEventName } from './counts.ts';

/** What the server made of a batch: taken, refused for good, or to be sent again. */
export type SendOutcome =
  | { readonly state: 'taken'; readonly counts: Counts }
  | { readonly state: 'refused' }
  | { readonly state: 'later' };

const DEADLINE_MS = 10_000;

/** Sends a batch to the tally's server. */
export async function sendBatch(batch: Batch, send: typeof fetch = fetch): Promise<SendOutcome> {
  try {
    const response = await send('/collect', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(batch),
      credentials: 'omit',
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    if (response.ok) return { state: 'taken', counts: readCounts(await response.json()) };
    return { state: isFinal(response.status) ? 'refused' : 'later' };
  } catch {
    // Without network, or cut off: the batch stays, and goes again with the same id.
    return { state: 'later' };
  }
}

/** A 4xx would be the same again, but for a timeout and for too many requests. */
function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}

function readCounts(value: unknown): Counts {
  const { counts } = (value ?? {}) as { readonly counts?: unknown };
  const pairs = Object.entries(counts ?? {}).filter(([event, count]) => isEventName(event) && Number.isInteger(count));
  return Object.fromEntries(pairs) as Counts;
}
