import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { define, type Messages, message, parseMessage } from '../../../../sw/platform/protocol.ts';

const text = fc.string();
const maybeText = fc.option(text, { nil: undefined });
const seq = fc.maxSafeInteger();
const request = fc.record({
  url: fc.webUrl(),
  method: fc.constantFrom('GET', 'POST'),
  mode: fc.constantFrom('cors', 'no-cors'),
  destination: text,
  redirect: text,
  headers: fc.array(fc.tuple(text, text)),
});

/** Whole messages: all their fields, of the types that they are declared with. */
const WHOLE: { readonly [Name in keyof Messages]: fc.Arbitrary<Messages[Name]> } = {
  hello: fc.constant({}),
  serves: fc.oneof(fc.constant({}), fc.record({ to: text })),
  broker: fc.constant({}),
  alive: fc.record({ lock: text, scope: text }),
  connect: fc.oneof(
    fc.record({ url: text, name: text, data: fc.anything() }),
    fc.record({ url: text, name: text, data: fc.anything(), id: text, origin: text }),
  ),
  accepted: fc.record({ id: text }),
  fetch: fc.oneof(fc.record({ request }), fc.record({ request, origin: text })),
  abort: fc.constant({}),
  install: fc.record({ url: text, script: fc.option(text), scope: fc.option(text), to: text }),
  keep: fc.record({ id: text }),
  frame: fc.record({ id: text, seq, previous: seq, data: fc.anything() }),
  ack: fc.oneof(fc.record({ id: text, seq }), fc.record({ id: text, seq, to: text })),
  close: fc.oneof(fc.record({ id: text }), fc.record({ id: text, to: text })),
  resume: fc.oneof(fc.record({ id: text }), fc.record({ id: text, url: text, to: text, origin: text })),
};
const NAMES = Object.keys(WHOLE) as (keyof Messages)[];
const REQUIRED_FIELDS = [
  ['alive', 'lock'],
  ['alive', 'scope'],
  ['connect', 'url'],
  ['connect', 'name'],
  ['accepted', 'id'],
  ['fetch', 'request'],
  ['install', 'url'],
  ['install', 'to'],
  ['keep', 'id'],
  ['frame', 'id'],
  ['frame', 'seq'],
  ['frame', 'previous'],
  ['ack', 'id'],
  ['ack', 'seq'],
  ['close', 'id'],
  ['resume', 'id'],
] as const;

function arbitraryWhole(name: keyof Messages) {
  return (WHOLE[name] as fc.Arbitrary<object>).map((fields) => message(name, fields as never));
}

describe('parseMessage', () => {
  it.each(NAMES)('parses every whole %s', (name) => {
    fc.assert(
      fc.property(arbitraryWhole(name), (sent) => {
        expect(parseMessage(sent)).toBe(sent);
      }),
    );
  });

  it.each(REQUIRED_FIELDS)('leaves a %s without %s to the application', (name, field) => {
    fc.assert(
      fc.property(arbitraryWhole(name), fc.constantFrom(undefined, null), (sent, nothing) => {
        const { [field as never]: _, ...rest } = sent;
        expect(parseMessage(rest)).toBeUndefined();
        expect(parseMessage({ ...sent, [field]: nothing })).toBeUndefined();
      }),
    );
  });

  it.each(REQUIRED_FIELDS)('leaves a %s whose %s is of another type to the application', (name, field) => {
    const isText = (value: unknown) => typeof value === 'string';
    const isNumber = (value: unknown) => Number.isSafeInteger(value);
    const isObject = (value: unknown) => typeof value === 'object';
    const isRight = field === 'request' ? isObject : ['seq', 'previous'].includes(field) ? isNumber : isText;
    fc.assert(
      fc.property(
        arbitraryWhole(name),
        fc.anything().filter((value) => !isRight(value)),
        (sent, wrong) => {
          expect(parseMessage({ ...sent, [field]: wrong })).toBeUndefined();
        },
      ),
    );
  });

  it.each([
    [undefined],
    [null],
    [0],
    [''],
    ['hello'],
    [[]],
    [{}],
    [{ nc: '' }],
    [{ nc: 'Hello' }],
    [{ nc: ['hello'] }],
    [{ nc: 'toString' }],
    [{ nc: '__proto__' }],
    [{ nc: 'constructor' }],
    [{ nc: null }],
    [{ nc: undefined }],
    [{ nc: {} }],
    [{ nc: { toString: '', valueOf: '' } }],
    [{ type: 'hello' }],
    [{ nc: 'ack', id: 'a', seq: 1.5 }],
    [{ nc: 'ack', id: 'a', seq: Number.NaN }],
    [{ nc: 'ack', id: 'a', seq: Number.POSITIVE_INFINITY }],
    [{ nc: 'ack', id: 'a', seq: 2 ** 53 }],
    [{ nc: 'ack', id: 'a', seq: '1' }],
    [{ nc: 'ack', id: 'a', seq: 1n }],
    [{ nc: 'close', id: 'a', to: 5 }],
  ])('leaves %o to the application', (value) => {
    expect(parseMessage(value)).toBeUndefined();
  });

  it('never throws, and returns what it was given or nothing', () => {
    const key = fc.constantFrom('nc', 'id', 'seq', 'url', 'data', 'request', 'toString', 'valueOf', '__proto__');
    const anything = fc.anything({
      key: fc.oneof(key, fc.string()),
      withBigInt: true,
      withBoxedValues: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withSparseArray: true,
    });
    const named = fc.record({
      nc: fc.oneof(fc.constantFrom(...NAMES), anything),
      fields: fc.dictionary(key, anything),
    });
    const value = fc.oneof(
      anything,
      named.map(({ nc, fields }) => ({ ...fields, nc })),
    );
    fc.assert(
      fc.property(value, (given) => {
        expect([undefined, given]).toContain(parseMessage(given));
      }),
      { numRuns: 2000 },
    );
  });

  it('takes nothing for a message whose name is unknown', () => {
    fc.assert(
      fc.property(
        fc.anything().filter((nc) => !NAMES.includes(nc as never)),
        fc.record({ id: text, seq, previous: seq, url: text, name: text, to: maybeText }),
        (nc, fields) => {
          expect(parseMessage({ ...fields, nc })).toBeUndefined();
        },
      ),
    );
  });
});

describe('define', () => {
  it('makes properties that cannot be assigned to, but defined anew', () => {
    const target = define({} as { a?: number }, { a: 1 });
    expect(() => {
      target.a = 2;
    }).toThrow(TypeError);
    expect(target.a).toBe(1);
    expect(define(target, { a: 3 }).a).toBe(3);
  });
});
