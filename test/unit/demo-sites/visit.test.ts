import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listFontFiles } from '../../../demo-sites/panel/font-files.ts';
import { addToVisit, emptyVisit, parseVisit, sumSizes } from '../../../demo-sites/panel/visit.ts';

const service = 'http://fonts.localhost:8787';

function files(...names: readonly string[]) {
  const usual = { transferSize: 0, duration: 1, responseStatus: 200, workerStart: 0, nextHopProtocol: 'h2' };
  const timings = names.map((name) => ({
    name: `${service}/font/noto-sans-jp-400/b1/${name}.woff2`,
    encodedBodySize: 1000,
    ...usual,
  }));
  return listFontFiles(timings, service);
}

describe('addToVisit', () => {
  it('counts each page, each font file and each slice once', () => {
    const first = addToVisit(emptyVisit, '/', files('base-0', 'd/a'), { 'noto-sans-jp-400/1': 300 });
    const visit = addToVisit(first, '/next', files('base-0', 'd/b'), {
      'noto-sans-jp-400/1': 300,
      'noto-sans-jp-400/2': 50,
    });
    expect(addToVisit(visit, '/', files('d/a'), {})).toEqual(visit);
    expect(visit.pages).toEqual(['/', '/next']);
    expect([sumSizes(visit.typecase), sumSizes(visit.google)]).toEqual([
      { files: 3, bytes: 3000 },
      { files: 2, bytes: 350 },
    ]);
  });
});

describe('parseVisit', () => {
  it('reads what was written', () => {
    const visit = addToVisit(emptyVisit, '/', files('base-0'), { 'noto-sans-jp-400/1': 300 });
    expect(parseVisit(JSON.stringify(visit))).toEqual(visit);
  });

  it.each([
    null,
    '',
    '{',
    'null',
    '{"pages":[1],"typecase":{},"google":{}}',
    '{"pages":[],"typecase":{"a":"b"},"google":{}}',
  ])('begins anew with %s', (text) => {
    expect(parseVisit(text)).toEqual(emptyVisit);
  });

  it('answers for any JSON without throwing', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(sumSizes(parseVisit(text).google).bytes).not.toBeNaN();
      }),
    );
  });
});
