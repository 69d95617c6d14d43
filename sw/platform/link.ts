/**
 * A message on its way. `seq` ascends within a sender's life and from one life to the next; `previous` is the seq of the
 * message before it, among those not acknowledged when it was sent, or 0.
 */
export type Frame = { readonly seq: number; readonly previous: number; readonly data: unknown };

/** An application message, unnumbered: what a frame's `data` is where it is held. */
export type Parcel = { readonly data: unknown; readonly ports: readonly MessagePort[] };

/** One side of a connection: the numbers of what it sent and received last, and what it sent that is unacknowledged. */
export type Link = { sent: number; received: number; acknowledged: number; readonly outbox: Frame[] };

/** Begins or resumes a side. A restarted sender begins with a `sent` above all that it may have used, and its whole outbox. */
export function createLink(sent: number, received = 0, outbox: Frame[] = []): Link {
  return { sent, received, acknowledged: (outbox[0]?.seq ?? 1) - 1, outbox };
}

/** Numbers a message and holds it until it is acknowledged. */
export function enqueue(link: Link, data: unknown): Frame {
  const frame = { seq: ++link.sent, previous: link.outbox.at(-1)?.seq ?? 0, data };
  link.outbox.push(frame);
  return frame;
}

/**
 * Holds a message that another side has numbered; when that sends again, from there on, what was held gives way.
 *
 * A sender whose last life ended before it had saved what it sent does not know of that; who holds it does.
 */
export function relay({ outbox }: Link, frame: Frame): Frame {
  while ((outbox.at(-1)?.seq ?? 0) >= frame.seq) outbox.pop();
  const relayed = { ...frame, previous: Math.max(frame.previous, outbox.at(-1)?.seq ?? 0) };
  outbox.push(relayed);
  return relayed;
}

/** Lets go of all messages up to a number. */
export function acknowledge(link: Link, seq: number): void {
  if (seq > link.acknowledged) link.acknowledged = seq;
  while (link.outbox[0] && link.outbox[0].seq <= seq) link.outbox.shift();
}

/**
 * Takes a message: true if it is the next one, to be dispatched now; false for one received before, and for one behind a
 * gap, which is sent again. A message is next if it is new and the one before it has been received, or acknowledged.
 */
export function accept(link: Link, { seq, previous }: Pick<Frame, 'seq' | 'previous'>): boolean {
  const isNext = seq > link.received && previous <= link.received;
  if (isNext) link.received = seq;
  return isNext;
}

/** All that has to be sent again, in order; a receiver that has forgotten what it acknowledged takes the first of it, too. */
export function unacknowledged({ outbox, acknowledged }: Link): readonly Frame[] {
  return outbox.map((frame) => (frame.previous > acknowledged ? frame : { ...frame, previous: 0 }));
}
