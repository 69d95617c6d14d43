import assert from 'node:assert/strict';
import { CONNECT_DEADLINE_MS } from '../../../sw/platform/limits.ts';
import type { RawPage } from '../../support/raw-chromium-page.ts';
import type { ChromiumCase } from '../case-definition.ts';
import { CONNECT_KIT_HEAD, type ConnectKit } from '../connect-kit.ts';
import { collectRefusals, expectRefusals } from '../connect-refusals.ts';

declare const connectKit: ConnectKit;

const noRegistration: ChromiumCase = {
  id: 'C-04',
  where: 'chromium',
  title: 'rejects with AbortError where no registration covers the URL',
  run: async (world) => {
    const all = await collectRefusals(world);
    expectRefusals(all, ['absent', 'unbridged', 'dropped', 'opaque data:', 'opaque about:', 'opaque mailto:']);
    assert.deepEqual(all.consoleErrors, [], 'the page shows no errors but those of the network');
    const ofNoOrigin = all.site.requests().filter(({ path }) => path.startsWith('/null'));
    assert.deepEqual(ofNoOrigin, [], 'URLs without an origin lead to no request');
  },
};

const noListener: ChromiumCase = {
  id: 'C-05',
  where: 'chromium',
  title: 'rejects with AbortError where the worker has no connect listener',
  run: async (world) => {
    const all = await collectRefusals(world);
    assert.deepEqual(all.muteReports, ['activate'], 'the worker is there');
    expectRefusals(all, ['mute']);
  },
};

const silentListener: ChromiumCase = {
  id: 'C-06',
  where: 'chromium',
  title: 'rejects with AbortError where the listener says nothing',
  run: async (world) => {
    const all = await collectRefusals(world);
    expectRefusals(all, ['silent', 'reads', 'late']);
    assert.equal(all.reports.filter((report) => report === 'silent: asked').length, 2, 'one event for each call');
  },
};

const synchronousRefusal: ChromiumCase = {
  id: 'C-07',
  where: 'chromium',
  title: 'rejects with AbortError where the listener refuses at once, even after it has used the port',
  run: async (world) => expectRefusals(await collectRefusals(world), ['prevents', 'prevents-used']),
};

const laterRefusal: ChromiumCase = {
  id: 'C-08',
  where: 'chromium',
  title: 'rejects with AbortError where the listener refuses later, after its promise has settled',
  run: async (world) => {
    const all = await collectRefusals(world);
    expectRefusals(all, ['rejects-later', 'prevents-later', 'wait-rejects']);
    assert.ok(all.reports.includes('rejects-later: AbortError'), JSON.stringify(all.reports));
  },
};

const rejectedDecision: ChromiumCase = {
  id: 'C-09',
  where: 'chromium',
  title: 'rejects both the client and the service with AbortError where the promise to accept rejects',
  run: async (world) => {
    const all = await collectRefusals(world);
    expectRefusals(all, ['rejects', 'rejects-used']);
    for (const kind of ['rejects', 'rejects-used']) {
      assert.ok(all.reports.includes(`${kind}: AbortError`), JSON.stringify(all.reports));
    }
  },
};

const noPort: ChromiumCase = {
  id: 'C-12',
  where: 'chromium',
  title: "rejects what is not the event's port with TypeError on the service's side, AbortError on the client's",
  run: async (world) => {
    const all = await collectRefusals(world);
    const kinds = ['gives-object', 'gives-text', 'gives-nothing', 'gives-null', 'gives-other', 'gives-promise'];
    expectRefusals(all, kinds);
    for (const kind of kinds) assert.ok(all.reports.includes(`${kind}: TypeError`), `${kind}: ${all.reports.join()}`);
  },
};

const indistinguishable: ChromiumCase = {
  id: 'C-13',
  where: 'chromium',
  title: 'makes all failures alike: one error, one moment, whatever the reason',
  run: async (world) => {
    const { refusals } = await collectRefusals(world);
    const [{ attempt: first }] = refusals as [(typeof refusals)[0]];
    for (const { kind, attempt } of refusals) {
      const { place: _, elapsedMs, ...error } = attempt;
      const { place: _place, elapsedMs: _elapsedMs, ...expected } = first;
      assert.deepEqual(error, expected, kind);
      assert.ok(elapsedMs > CONNECT_DEADLINE_MS - 5, `${kind} was told after ${elapsedMs} ms`);
    }
    // Each kind is asked for twice, in opposite orders: what settled earlier or later than others would be out of place.
    const settled = [...refusals].sort((a, b) => a.attempt.place - b.attempt.place).map(({ kind }) => kind);
    const asked = refusals.map(({ kind }) => kind);
    assert.deepEqual(settled, asked);
  },
};

const outsideScope: ChromiumCase = {
  id: 'C-14',
  where: 'chromium',
  title: 'rejects with AbortError where the URL is outside the scope',
  run: async (world) => {
    const all = await collectRefusals(world);
    expectRefusals(all, ['outside', 'outside-slash', 'outside-case']);
    assert.deepEqual(
      all.reports.filter((report) => report.startsWith('outside')),
      [],
      'the worker gets no event',
    );
  },
};

const throwingListener: ChromiumCase = {
  id: 'C-29',
  where: 'chromium',
  title: "rejects with AbortError where the listener throws; the error is the service's alone",
  run: async (world) => {
    const all = await collectRefusals(world);
    expectRefusals(all, ['throws', 'throws-used']);
    for (const kind of ['throws', 'throws-used']) {
      const told = all.reports.filter((report) => report === `error: Uncaught Error: secret ${kind}`);
      assert.equal(told.length, 2, `${kind}: ${all.reports.join()}`);
    }
    assert.ok(!JSON.stringify([all.refusals, all.consoleErrors]).includes('secret'), 'the client sees nothing of it');
  },
};

const UNPARSABLE = ['http://[', 'https://', '//[', 'https://service.example:99999/', 'https://%zz/'];

function tryUnparsable(page: RawPage, urls: readonly string[]) {
  return page.evaluate(async (all) => {
    const attempts = await Promise.all(all.map((url) => connectKit.attempt(url)));
    const frames = document.querySelectorAll('iframe').length;
    return { attempts, frames };
  }, urls);
}

const unparsable: ChromiumCase = {
  id: 'C-16',
  where: 'chromium',
  title: 'rejects a URL that cannot be parsed with TypeError, at once and without a request',
  run: async (world) => {
    const site = world.addSite({ head: CONNECT_KIT_HEAD });
    const page = await world.openPage(site);
    site.reset();
    const { attempts, frames } = await tryUnparsable(page, UNPARSABLE);
    for (const { name, type, elapsedMs } of attempts) {
      assert.deepEqual({ name, type }, { name: 'TypeError', type: '[object Error]' });
      assert.ok(elapsedMs < CONNECT_DEADLINE_MS / 2, `after ${elapsedMs} ms`);
    }
    assert.deepEqual([frames, site.requests()], [0, []]);
    const isAsynchronous = await page.evaluate(() => {
      const { connect } = navigator as unknown as { connect(url: string): Promise<unknown> };
      const rejecting = connect.call(navigator, 'http://[');
      return rejecting.then(
        () => false,
        () => true,
      );
    });
    assert.ok(isAsynchronous, 'it rejects, it does not throw');
  },
};

/** The cases of connections that are refused. */
export const connectRefusedCases: readonly ChromiumCase[] = [
  noRegistration,
  noListener,
  silentListener,
  synchronousRefusal,
  laterRefusal,
  rejectedDecision,
  noPort,
  indistinguishable,
  outsideScope,
  unparsable,
  throwingListener,
];
