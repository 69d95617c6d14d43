import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accept,
  acknowledge,
  createLink,
  enqueue,
  type Frame,
  type Link,
  unacknowledged,
} from '../../../../sw/platform/link.ts';

describe('a link', () => {
  it('numbers messages, each naming the unacknowledged one before it', () => {
    const link = createLink(0);
    expect([enqueue(link, 'a'), enqueue(link, 'b')]).toEqual([
      { seq: 1, previous: 0, data: 'a' },
      { seq: 2, previous: 1, data: 'b' },
    ]);
    acknowledge(link, 2);
    expect(enqueue(link, 'c')).toEqual({ seq: 3, previous: 0, data: 'c' });
  });

  it('holds what is not acknowledged, and forms the chain anew', () => {
    const link = createLink(0);
    for (const data of ['a', 'b', 'c']) enqueue(link, data);
    acknowledge(link, 1);
    expect(unacknowledged(link)).toEqual([
      { seq: 2, previous: 0, data: 'b' },
      { seq: 3, previous: 2, data: 'c' },
    ]);
    acknowledge(link, 0);
    expect(unacknowledged(link)).toHaveLength(2);
    acknowledge(link, 99);
    expect(unacknowledged(link)).toEqual([]);
  });

  it('accepts the next message only, and only once', () => {
    const link = createLink(0);
    expect(accept(link, { seq: 2, previous: 1 })).toBe(false);
    expect(accept(link, { seq: 1, previous: 0 })).toBe(true);
    expect(accept(link, { seq: 1, previous: 0 })).toBe(false);
    expect(accept(link, { seq: 7, previous: 1 })).toBe(true);
    expect(link.received).toBe(7);
  });

  it('goes on after a restart with the outbox and a higher number', () => {
    const first = createLink(0);
    enqueue(first, 'a');
    const second = createLink(1000, 0, [...first.outbox]);
    expect(enqueue(second, 'b')).toEqual({ seq: 1001, previous: 1, data: 'b' });
    expect(unacknowledged(second).map(({ seq }) => seq)).toEqual([1, 1001]);
  });
});

/** A sender, a receiver, and what is on its way between them, which keeps its order. */
type Wire = {
  sender: Link;
  receiver: Link;
  inFlight: Frame[];
  acknowledgements: number[];
  /** Values of `received` that the receiver may be thrown back to: the last acknowledged one and those since. */
  lives: number[];
  /** The message, counted from 1, of each number that was sent. */
  readonly messageOf: Map<number, number>;
  readonly dispatched: number[];
};

/** What must be true of a wire: how many messages were sent, and which is to be dispatched next. */
type Model = { sent: number; next: number };

type Step = fc.Command<Model, Wire>;

function step(name: string, run: (model: Model, wire: Wire) => void): Step {
  return { check: () => true, run, toString: () => name };
}

const send = () =>
  step('send', (model, wire) => {
    const frame = enqueue(wire.sender, ++model.sent);
    wire.messageOf.set(frame.seq, model.sent);
    wire.inFlight.push(frame);
  });

function deliver(model: Model, wire: Wire, count: number): void {
  for (const frame of wire.inFlight.splice(0, count)) {
    if (!accept(wire.receiver, frame)) continue;
    wire.dispatched.push(frame.data as number);
    wire.lives.push(wire.receiver.received);
    expect(frame.data).toBe(model.next++);
  }
}

const deliverNext = (count: number) => step(`deliver ${count}`, (model, wire) => deliver(model, wire, count));

const sendAcknowledgement = () =>
  step('acknowledge', (_, wire) => {
    const { received } = wire.receiver;
    wire.lives = [received];
    wire.acknowledgements.push(received);
  });

const takeAcknowledgement = (choice: number, isLost: boolean) =>
  step(`${isLost ? 'lose' : 'take'} acknowledgement ${choice}`, (_, wire) => {
    const [seq] = wire.acknowledgements.splice(choice % (wire.acknowledgements.length || 1), 1);
    if (seq !== undefined && !isLost) acknowledge(wire.sender, seq);
  });

const killReceiver = (choice: number) =>
  step(`kill the receiver ${choice}`, (model, wire) => {
    const index = wire.lives.length - 1 - (choice % wire.lives.length);
    const received = wire.lives[index] ?? 0;
    wire.lives.splice(index + 1);
    wire.inFlight = [];
    wire.receiver = createLink(0, received);
    model.next = (wire.messageOf.get(received) ?? 0) + 1;
  });

const resendAll = () => step('resend', (_, wire) => wire.inFlight.push(...unacknowledged(wire.sender)));

const restartSender = (jump: number, isFlightLost: boolean) =>
  step(`restart the sender ${jump}`, (_, wire) => {
    wire.sender = createLink(wire.sender.sent + jump, 0, [...wire.sender.outbox]);
    if (isFlightLost) wire.inFlight = [];
  });

const small = fc.nat({ max: 5 });
const HARMLESS = [
  fc.constant(null).map(send),
  small.map(deliverNext),
  fc.constant(null).map(sendAcknowledgement),
  fc.tuple(small, fc.boolean()).map(([choice, isLost]) => takeAcknowledgement(choice, isLost)),
  fc.constant(null).map(resendAll),
  fc.tuple(small, fc.boolean()).map(([jump, isFlightLost]) => restartSender(jump, isFlightLost)),
  // Killed where everything it received was saved: nothing is thrown back.
  fc.constant(0).map(killReceiver),
];

function createWire(): Wire {
  const ends = { sender: createLink(0), receiver: createLink(0) };
  return { ...ends, inFlight: [], acknowledgements: [], lives: [0], messageOf: new Map(), dispatched: [] };
}

function checkWire(steps: fc.Arbitrary<Iterable<Step>>, check: (wire: Wire, model: Model) => void): void {
  fc.assert(
    fc.property(steps, (taken) => {
      const setup = { model: { sent: 0, next: 1 }, real: createWire() };
      fc.modelRun(() => setup, taken);
      check(setup.real, setup.model);
    }),
    { numRuns: 1000 },
  );
}

describe('a link whose ends die and whose messages get lost', () => {
  it('dispatches without gap or reordering, from where the receiver was thrown back to', () => {
    const steps = fc.commands([...HARMLESS, small.map(killReceiver)], { maxCommands: 60, size: 'max' });
    checkWire(steps, (wire, model) => {
      wire.inFlight = [...unacknowledged(wire.sender)];
      deliver(model, wire, Number.POSITIVE_INFINITY);
      expect(model.next).toBe(model.sent + 1);
      expect(new Set(wire.dispatched).size).toBe(model.sent);
    });
  });

  it('dispatches every message once where the receiver was never thrown back', () => {
    checkWire(fc.commands(HARMLESS, { maxCommands: 60, size: 'max' }), (wire, model) => {
      expect(wire.dispatched).toEqual(Array.from({ length: model.next - 1 }, (_, index) => index + 1));
    });
  });

  it('lets a receiver that has forgotten everything take all that is unacknowledged', () => {
    checkWire(fc.commands([...HARMLESS, small.map(killReceiver)], { maxCommands: 60, size: 'max' }), ({ sender }) => {
      const forgetful = createLink(0);
      const frames = unacknowledged(sender);
      expect(frames.map((frame) => accept(forgetful, frame))).toEqual(frames.map(() => true));
    });
  });
});
