import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Counter, openCounter } from '../../../demo-sites/like/counter.ts';
import type { QueueState } from '../../../demo-sites/sites/tally/messages.ts';

/** A tally that hears messages, answers unless it is mute, and cannot be reached while it is away. */
class FakeTally {
  readonly heard: unknown[] = [];
  readonly states: (QueueState | undefined)[] = [];
  readonly ports: MessagePort[] = [];
  isAway = false;
  isMute = false;

  readonly connect = async (): Promise<MessagePort> => {
    if (this.isAway) throw new DOMException('No.', 'AbortError');
    const { port1, port2 } = new MessageChannel();
    this.ports.push(port1, port2);
    port2.onmessage = ({ data }) => {
      this.heard.push(data);
      if (!this.isMute) port2.postMessage({ id: data.id, state: { counts: {}, waiting: 0 } });
    };
    return port1;
  };

  open(resendAfterMs = 60_000): Counter {
    let ids = 0;
    return openCounter({
      connect: this.connect,
      onAnswer: (state) => this.states.push(state),
      createId: () => `message-${ids++}`,
      retryAfterMs: 10,
      resendAfterMs,
    });
  }

  /** Ends the last connection, as the platform tells of it. */
  end(): void {
    this.ports.at(-2)?.dispatchEvent(new Event('close'));
  }
}

const first = { event: 'visit', id: 'message-0' };
const second = { event: 'like', id: 'message-1' };

describe('openCounter', () => {
  let tally = new FakeTally();
  afterEach(() => {
    for (const port of tally.ports) port.close();
    tally = new FakeTally();
  });

  it('sends what was counted before it was connected, and forgets what is answered', async () => {
    const counter = tally.open();
    counter.count('visit');
    expect(counter.pending()).toEqual(['visit']);
    await vi.waitFor(() => expect(counter.pending()).toEqual([]));
    expect(tally.heard).toEqual([first]);
    expect(tally.states).toEqual([{ counts: {}, waiting: 0 }]);
  });

  it('tries again while there is no connection', async () => {
    tally.isAway = true;
    const counter = tally.open();
    counter.count('visit');
    await new Promise((resolve) => setTimeout(resolve, 30));
    tally.isAway = false;
    await vi.waitFor(() => expect(tally.heard).toEqual([first]));
  });

  it('sends again under the same id what the connection ended on, and nothing that was answered', async () => {
    const counter = tally.open();
    counter.count('visit');
    await vi.waitFor(() => expect(counter.pending()).toEqual([]));
    tally.isMute = true;
    counter.count('like');
    await vi.waitFor(() => expect(tally.heard).toEqual([first, second]));
    tally.isMute = false;
    tally.end();
    await vi.waitFor(() => expect(counter.pending()).toEqual([]));
    expect(tally.heard).toEqual([first, second, second]);
  });

  it('sends again what is not answered, over the same connection', async () => {
    tally.isMute = true;
    const counter = tally.open(20);
    counter.count('visit');
    await vi.waitFor(() => expect(tally.heard).toContainEqual(first));
    tally.isMute = false;
    await vi.waitFor(() => expect(counter.pending()).toEqual([]));
    expect(new Set(tally.heard.map((message) => JSON.stringify(message)))).toEqual(new Set([JSON.stringify(first)]));
    expect(tally.ports).toHaveLength(2);
  });

  it('passes on that there is network', async () => {
    const counter = tally.open();
    counter.count('visit');
    await vi.waitFor(() => expect(counter.pending()).toEqual([]));
    counter.sayOnline();
    await vi.waitFor(() => expect(tally.heard).toEqual([first, { online: true }]));
  });
});
