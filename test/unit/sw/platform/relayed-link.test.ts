import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accept,
  acknowledge,
  createLink,
  enqueue,
  type Frame,
  type Link,
  relay,
  unacknowledged,
} from '../../../../sw/platform/link.ts';

describe('relay', () => {
  it('holds what it relays, until it is acknowledged', () => {
    const [sender, carrier] = [createLink(0), createLink(0)];
    for (const data of ['a', 'b', 'c']) relay(carrier, enqueue(sender, data));
    acknowledge(carrier, 1);
    expect(unacknowledged(carrier).map(({ seq, data }) => [seq, data])).toEqual([
      [2, 'b'],
      [3, 'c'],
    ]);
  });

  it('replaces what it holds by what is sent again', () => {
    const [sender, carrier] = [createLink(0), createLink(0)];
    for (const data of ['a', 'b', 'c']) relay(carrier, enqueue(sender, data));
    acknowledge(sender, 1);
    for (const frame of unacknowledged(sender)) relay(carrier, frame);
    expect(unacknowledged(carrier).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });
});

/** Two workers and the window between them, with what is on its way to each; both ways keep their order. */
type Route = {
  sender: Link;
  carrier: Link;
  receiver: Link;
  toCarrier: Frame[];
  toReceiver: Frame[];
  /** Acknowledgements that the window has not seen, and those that it has passed on. */
  ofReceiver: number[];
  ofCarrier: number[];
  /** Values of `received` that the receiver may be thrown back to. */
  lives: number[];
  readonly messageOf: Map<number, number>;
};
type Model = { sent: number; next: number };
type Step = fc.Command<Model, Route>;

function step(name: string, run: (model: Model, route: Route) => void): Step {
  return { check: () => true, run, toString: () => name };
}

function bringToCarrier({ toCarrier, carrier, toReceiver }: Route, count: number): void {
  for (const frame of toCarrier.splice(0, count)) {
    relay(carrier, frame);
    toReceiver.push(frame);
  }
}

function bringToReceiver(model: Model, { toReceiver, receiver, lives }: Route, count: number): void {
  for (const frame of toReceiver.splice(0, count)) {
    if (!accept(receiver, frame)) continue;
    lives.push(receiver.received);
    expect(frame.data).toBe(model.next++);
  }
}

const send = step('send', (model, { sender, toCarrier, messageOf }) => {
  const frame = enqueue(sender, ++model.sent);
  messageOf.set(frame.seq, model.sent);
  toCarrier.push(frame);
});
const resendAll = step('resend from the sender', (_model, route) => {
  route.toCarrier.push(...unacknowledged(route.sender));
});
const resendHeld = step('resend from the window', (_model, route) => {
  route.toReceiver.push(...unacknowledged(route.carrier));
});
const acknowledgeReceived = step('acknowledge', (_model, route) => {
  route.lives = [route.receiver.received];
  route.ofReceiver.push(route.receiver.received);
});
const passAcknowledgement = step('pass an acknowledgement', (_model, { ofReceiver, carrier, ofCarrier }) => {
  const seq = ofReceiver.shift();
  if (seq === undefined) return;
  acknowledge(carrier, seq);
  ofCarrier.push(seq);
});
const takeAcknowledgement = (isLost: boolean) =>
  step(isLost ? 'lose an acknowledgement' : 'take an acknowledgement', (_model, { ofCarrier, sender }) => {
    const seq = ofCarrier.shift();
    if (seq !== undefined && !isLost) acknowledge(sender, seq);
  });
const restartSender = (jump: number) =>
  step(`restart the sender ${jump}`, (_model, route) => {
    route.sender = createLink(route.sender.sent + jump, 0, [...route.sender.outbox]);
  });
const replaceWindow = (areArriving: boolean) =>
  step('replace the window', (_model, route) => {
    Object.assign(route, { carrier: createLink(0), toCarrier: [], ofReceiver: [], ofCarrier: [] });
    if (!areArriving) route.toReceiver = [];
  });
const killReceiver = (choice: number) =>
  step(`kill the receiver ${choice}`, (model, route) => {
    const index = route.lives.length - 1 - (choice % route.lives.length);
    const received = route.lives[index] ?? 0;
    route.lives.splice(index + 1);
    route.toReceiver = [];
    route.receiver = createLink(0, received);
    model.next = (route.messageOf.get(received) ?? 0) + 1;
  });

const small = fc.nat({ max: 4 });
const STEPS_OF_ONE_WINDOW = [
  fc.constantFrom(send, resendAll, resendHeld, acknowledgeReceived, passAcknowledgement),
  fc.constant(send),
  small.map((count) => step(`to the window ${count}`, (_model, route) => bringToCarrier(route, count))),
  small.map((count) => step(`to the receiver ${count}`, (model, route) => bringToReceiver(model, route, count))),
  fc.boolean().map(takeAcknowledgement),
  small.map(restartSender),
  small.map(killReceiver),
];
const STEPS = [...STEPS_OF_ONE_WINDOW, fc.boolean().map(replaceWindow)];

function createRoute(): Route {
  const links = { sender: createLink(0), carrier: createLink(0), receiver: createLink(0) };
  const ways = { toCarrier: [], toReceiver: [], ofReceiver: [], ofCarrier: [] };
  return { ...links, ...ways, lives: [0], messageOf: new Map() };
}

describe('a link through windows that come and go', () => {
  it('dispatches without gap or reordering, and all of it once the sender sends again', () => {
    fc.assert(
      fc.property(fc.commands(STEPS, { maxCommands: 80, size: 'max' }), (steps) => {
        const setup = { model: { sent: 0, next: 1 }, real: createRoute() };
        fc.modelRun(() => setup, steps);
        const { model, real } = setup;
        resendAll.run(model, real);
        bringToCarrier(real, Number.POSITIVE_INFINITY);
        bringToReceiver(model, real, Number.POSITIVE_INFINITY);
        expect(model.next).toBe(model.sent + 1);
      }),
      { numRuns: 2000 },
    );
  });

  it('brings all that the window holds to a receiver that has died, without the sender', () => {
    fc.assert(
      fc.property(fc.commands(STEPS_OF_ONE_WINDOW, { maxCommands: 80, size: 'max' }), small, (taken, choice) => {
        const setup = { model: { sent: 0, next: 1 }, real: createRoute() };
        fc.modelRun(() => setup, taken);
        const { model, real } = setup;
        bringToCarrier(real, Number.POSITIVE_INFINITY);
        killReceiver(choice).run(model, real);
        resendHeld.run(model, real);
        bringToReceiver(model, real, Number.POSITIVE_INFINITY);
        expect(model.next).toBe(model.sent + 1);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a sender that died before it had saved what it sent', () => {
  it('sends on behind what the window still holds of its last life', () => {
    const window = createLink(0);
    for (const seq of [1, 2, 3]) relay(window, { seq, previous: seq - 1, data: seq });
    expect(relay(window, { seq: 1000, previous: 1, data: 'next life' })).toMatchObject({ seq: 1000, previous: 3 });
    const receiver = createLink(0, 1);
    expect(accept(receiver, { seq: 1000, previous: 3 })).toBe(false);
    expect(unacknowledged(window).map((frame) => accept(receiver, frame))).toEqual([false, true, true, true]);
  });
});
