import { describe, expect, it } from 'vitest';
import { type FontTiming, groupByFace, listFontFiles, sumFontFiles } from '../../../demo-sites/panel/font-files.ts';

const service = 'http://fonts.localhost:8787';
const base = `${service}/font/noto-sans-jp-400/b1/base-0.woff2`;

function timing(name: string, values: Partial<FontTiming> = {}): FontTiming {
  const usual = { encodedBodySize: 1000, transferSize: 1300, duration: 12.5, responseStatus: 200 };
  return { name, workerStart: 0, nextHopProtocol: 'h2', ...usual, ...values };
}

describe('listFontFiles', () => {
  it('leaves out everything that is no font of the service', () => {
    const files = listFontFiles([timing('http://ja.localhost/style.css'), timing(base)], service);
    expect(files.map((file) => file.url)).toEqual([base]);
  });

  it('tells cache, network, failure and hidden sizes apart', () => {
    const answer = (values: Partial<FontTiming>) => listFontFiles([timing(base, values)], service)[0]?.answer;
    expect(answer({})).toBe('network');
    expect(answer({ transferSize: 0 })).toBe('cache');
    expect(answer({ responseStatus: 404 })).toBe('failed');
    expect(answer({ responseStatus: 0, encodedBodySize: 0, transferSize: 0 })).toBe('failed');
    expect(answer({ encodedBodySize: 0, transferSize: 0 })).toBe('hidden');
  });

  it('tells what a worker answered from what it left to the network', () => {
    const file = (values: Partial<FontTiming>) =>
      listFontFiles([timing(base, { workerStart: 5, ...values })], service)[0];
    expect(file({ transferSize: 0, nextHopProtocol: '' })).toMatchObject({
      answer: 'worker',
      transferBytes: undefined,
    });
    expect(file({})).toMatchObject({ answer: 'network', transferBytes: 1300 });
    expect(file({ transferSize: 0 })).toMatchObject({ answer: 'cache', transferBytes: 0 });
  });
});

describe('sums', () => {
  const files = listFontFiles(
    [
      timing(`${service}/font/noto-sans-jp-700/b1/base-0.woff2`),
      timing(base, { transferSize: 0 }),
      timing(`${service}/font/noto-sans-jp-400/b1/s/p1/3.woff2`, { encodedBodySize: 500, transferSize: 800 }),
      timing(`${service}/font/noto-sans-jp-400/b1/s/p1/4.woff2`, { responseStatus: 503 }),
    ],
    service,
  );

  it('count files, bytes and transferred bytes, and no failed file', () => {
    expect(sumFontFiles(files)).toEqual({ files: 3, bytes: 2500, transferBytes: 2100, untold: 0 });
  });

  it('say of how many files nobody knows whether they came over the network', () => {
    const worker = timing(base, { workerStart: 5, transferSize: 0, nextHopProtocol: '' });
    expect(sumFontFiles(listFontFiles([worker], service))).toMatchObject({ bytes: 1000, transferBytes: 0, untold: 1 });
  });

  it('are made per face, faces in order, failed files kept in the list', () => {
    const faces = groupByFace(files);
    expect(faces.map((face) => [face.face, face.files.length, face.totals.bytes])).toEqual([
      ['noto-sans-jp-400', 3, 1500],
      ['noto-sans-jp-700', 1, 1000],
    ]);
  });
});
