import { describe, expect, it } from 'vitest';
import { listFontFiles } from '../../../demo-sites/panel/font-files.ts';
import { type FontReport, listReportedFiles, mergeFontFiles } from '../../../demo-sites/panel/font-reports.ts';
import { modeOf } from '../../../demo-sites/panel/panel-mode.ts';

const service = 'http://fonts.localhost:8787';
const urlOf = (file: string) => `${service}/font/noto-sans-jp-400/b1/${file}.woff2`;

function report(file: string, values: Partial<FontReport> = {}): FontReport {
  const usual = { from: 'hub', isStored: true, bytes: 5000, milliseconds: 3, codepoints: 40 } as const;
  return { url: urlOf(file), ...usual, ...values };
}

function timed(file: string, transferSize: number, nextHopProtocol = 'h2') {
  const timing = { name: urlOf(file), encodedBodySize: 5000, transferSize, duration: 20, responseStatus: 200 };
  return listFontFiles([{ ...timing, workerStart: 1, nextHopProtocol }], service);
}

describe('listReportedFiles', () => {
  it('counts as transferred what a store has fetched just now, and not what it held', () => {
    const files = listReportedFiles([report('d/a'), report('d/b', { isStored: false })], service);
    expect(files.map(({ answer, transferBytes }) => [answer, transferBytes])).toEqual([
      ['hub', 0],
      ['hub', 5000],
    ]);
  });

  it('leaves out what is no font URL of the service', () => {
    expect(listReportedFiles([{ ...report('d/a'), url: 'blob:x' }], service)).toEqual([]);
  });
});

describe('mergeFontFiles', () => {
  it('has each file once: in the client’s words, and with the browser’s cache where the page itself asked', () => {
    const reported = listReportedFiles([report('d/a', { from: 'network', isStored: false }), report('d/b')], service);
    const merged = mergeFontFiles([...timed('base-0', 5300), ...timed('d/a', 0)], reported);
    expect(merged.map(({ url, answer }) => [url, answer])).toEqual([
      [urlOf('base-0'), 'network'],
      [urlOf('d/a'), 'cache'],
      [urlOf('d/b'), 'hub'],
    ]);
    expect(merged[1]).toMatchObject({ codepoints: 40, transferBytes: 0 });
  });

  it('does not claim the network for a request of the page that a service worker answered', () => {
    const reported = listReportedFiles([report('d/a', { from: 'network', isStored: false })], service);
    expect(mergeFontFiles(timed('d/a', 0, ''), reported)).toMatchObject([
      { answer: 'worker', transferBytes: undefined },
    ]);
    expect(mergeFontFiles([], reported)).toMatchObject([{ answer: 'network', transferBytes: 5000 }]);
  });
});

describe('mergeFontFiles, where requests fail', () => {
  it('has a file once that was asked for again', () => {
    const failed = timed('d/a', 0).map((file) => ({ ...file, answer: 'failed' as const, bytes: 0 }));
    expect(mergeFontFiles([...failed, ...failed], [])).toMatchObject([{ answer: 'failed' }]);
    expect(mergeFontFiles([...failed, ...timed('d/a', 5300)], [])).toMatchObject([{ answer: 'network' }]);
  });
});

describe('modeOf', () => {
  const unknown = { mode: undefined, isAwaited: false, isControlled: false };

  it('is the page client’s word where it runs', () => {
    expect(modeOf({ mode: 'hub', isAwaited: true, isControlled: true })).toBe('hub');
    expect(modeOf({ ...unknown, isAwaited: true, isControlled: true })).toBe('waiting');
  });

  it('tells a stylesheet alone from one whose requests pass the site’s worker', () => {
    expect(modeOf(unknown)).toBe('stylesheet');
    expect(modeOf({ ...unknown, isControlled: true })).toBe('own-worker');
  });
});
