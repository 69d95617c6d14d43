import { type Counts, isEventName } from './counts.ts';

/**
 * What a client says to /v1/count.
 *
 * A message sent again after a reconnection has the same id, and counts once; without an id every message counts.
 */
export type CountMessage =
  | { readonly kind: 'count'; readonly event: string; readonly id?: string }
  | { readonly kind: 'online' };

/** What a site's queue looks like: all that it has counted, and how many of those the server does not know yet. */
export type QueueState = { readonly counts: Counts; readonly waiting: number };

/** What the service says: how the queue stands (`id` where a message asked), or why a message was not counted. */
export type CountAnswer =
  | { readonly state: QueueState; readonly id?: string }
  | { readonly error: string; readonly id?: string };

/** The longest text that /v1/echo gives back, in UTF-16 code units. */
export const MAX_ECHO_LENGTH = 200;

/** What the service says on /v1/echo: first who has come, then each text, with how this life of the worker stands. */
export type EchoAnswer = {
  /** How many lives the worker has had, this one included. */
  readonly life: number;
  readonly ageMs: number;
} & (
  | { readonly connected: { readonly origin: string; readonly targetUrl: string } }
  | { readonly echo: string }
  | { readonly error: string }
);

/** Parses a message to /v1/count; undefined for everything else. */
export function parseCountMessage(value: unknown): CountMessage | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { event, id, online } = value as Readonly<Record<string, unknown>>;
  if (online === true) return { kind: 'online' };
  if (!isEventName(event)) return undefined;
  if (id === undefined) return { kind: 'count', event };
  return isMessageId(id) ? { kind: 'count', event, id } : undefined;
}

/** Reads the id of a message that is not understood, so that its sender knows which one it was. */
export function readMessageId(value: unknown): string | undefined {
  const { id } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return isMessageId(id) ? id : undefined;
}

function isMessageId(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]{8,64}$/.test(value);
}
