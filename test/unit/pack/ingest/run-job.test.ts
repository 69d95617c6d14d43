import { describe, expect, it } from 'vitest';
import { checkPack } from '../../../../font-service/pack/check-pack.ts';
import { readPack, readPackExtent } from '../../../../font-service/pack/pack.ts';
import type { IngestJob, IngestMessage } from '../../../../server/cli/ingest/job.ts';
import { runJob } from '../../../../server/cli/ingest/run-job.ts';
import { quickJob } from '../../../support/make-pack.ts';
import { refusalOfAsync } from '../../../support/refusal-of.ts';
import { makeSmallFont, withFontFile } from '../../../support/small-font.ts';
import { makeVariableFont, RIGHT_SIDE_DELTA } from '../../../support/variable-font.ts';

const AXIS = { min: 100, default: 400, max: 900 };

function run(font: Uint8Array, settings: Partial<IngestJob> = {}): Promise<readonly IngestMessage[]> {
  return withFontFile(font, async (path) => {
    const messages: IngestMessage[] = [];
    await runJob({ ...quickJob(path), language: 'ja', knownBuilds: [], ...settings }, (message) =>
      messages.push(message),
    );
    return messages;
  });
}

function packsIn(messages: readonly IngestMessage[]) {
  return messages.flatMap((message) => {
    if (message.type !== 'pack') return [];
    const pack = readPack(message.bytes);
    checkPack(pack, readPackExtent(message.bytes));
    return [{ ...message, pack }];
  });
}

describe('runJob with a variable font', () => {
  it('takes 400 and 700 where no weights are named, each with its own outlines', async () => {
    const packs = packsIn(await run(makeVariableFont(AXIS)));
    expect(packs.map(({ face }) => face)).toEqual(['tiny-variable-400', 'tiny-variable-700']);
    expect(packs.map(({ pack }) => pack.meta.weight)).toEqual([400, 700]);
    expect(new Set(packs.map(({ build }) => build)).size).toBe(2);
    expect(packs[0]?.pack.records).not.toEqual(packs[1]?.pack.records);
  });

  it('takes the weights that are named, and tells of the axis', async () => {
    const packs = packsIn(await run(makeVariableFont(AXIS), { weights: [100, 900] }));
    expect(packs.map(({ pack }) => pack.meta.weight)).toEqual([100, 900]);
    expect(packs[0]?.pack.meta.axes).toEqual([{ tag: 'wght', min: 100, max: 900 }]);
  });

  it('moves the points as far as the weight says', async () => {
    const [heavy, middle] = packsIn(await run(makeVariableFont(AXIS), { weights: [900, 650] }));
    // The record of A: number of points, four flags, then steps; the step to the right is 200 and what the axis adds.
    const widths = [heavy, middle].map((made) =>
      widthOfFirstGlyph(made?.pack.records.slice(made.pack.recordOffsets[1])),
    );
    expect(widths).toEqual([200 + RIGHT_SIDE_DELTA, 200 + RIGHT_SIDE_DELTA / 2]);
  });

  it.each([[[50]], [[400, 901]]])('refuses weights %j, which are not on its axis', async (weights) => {
    const refusal = await refusalOfAsync(() => run(makeVariableFont(AXIS), { weights }));
    expect(refusal).toMatchObject({ code: 'unservable-font', message: expect.stringContaining('from 100 to 900') });
  });

  it('takes of 400 and 700 those that its axis has', async () => {
    const packs = packsIn(await run(makeVariableFont({ min: 500, default: 500, max: 800 })));
    expect(packs.map(({ pack }) => pack.meta.weight)).toEqual([700]);
  });

  it('takes its default weight where the axis has neither 400 nor 700', async () => {
    const packs = packsIn(await run(makeVariableFont({ min: 100, default: 250, max: 300 })));
    expect(packs.map(({ pack }) => pack.meta.weight)).toEqual([250]);
  });
});

/** Decodes the one long horizontal step of a square's record. @see https://www.w3.org/TR/WOFF2/#triplet_decoding */
function widthOfFirstGlyph(record: Uint8Array = new Uint8Array(0)): number {
  const flags = record.subarray(1, 5);
  const data = record.subarray(5);
  // Every step is straight and shorter than 1,280, so that it has a flag below 20 and one byte.
  const horizontal = [...flags].findIndex((flag) => flag >= 10);
  return ((((flags[horizontal] ?? 0) - 10) >> 1) << 8) + (data[horizontal] ?? 0);
}

describe('runJob with a static font', () => {
  it('takes its own weight, and no other', async () => {
    const font = await makeSmallFont('ABCかな一二');
    const [made] = packsIn(await run(font, { weights: [400] }));
    expect(made?.face).toBe('noto-sans-jp-400');
    const refusal = await refusalOfAsync(() => run(font, { weights: [700] }));
    expect(refusal).toMatchObject({ code: 'unservable-font', message: expect.stringContaining('of weight 400') });
  });

  it('makes the same build and the same bytes of the same file, and passes over a build that is known', async () => {
    const font = await makeSmallFont('ABCかな一二');
    const [[one], [other]] = [packsIn(await run(font)), packsIn(await run(font))];
    expect(Buffer.from(one?.bytes ?? []).equals(other?.bytes ?? new Uint8Array(1))).toBe(true);
    const messages = await run(font, { knownBuilds: [one?.build ?? ''] });
    expect(messages).toEqual([{ type: 'known', face: one?.face, build: one?.build }]);
  });

  it('makes a pack that can be read of a font of Han alone, without an empty base', async () => {
    const [made] = packsIn(await run(await makeSmallFont('一二三')));
    expect(made?.pack.meta.bases.every(({ codepoints }) => codepoints > 0)).toBe(true);
    expect(made?.pack.meta.plan.slices.map(({ codepoints }) => codepoints).reduce((a, b) => a + b)).toBe(3);
  });

  it('makes a pack that can be read of a font without Han', async () => {
    const [made] = packsIn(await run(await makeSmallFont('ABCかな')));
    expect(made?.pack.meta.plan.slices).toEqual([]);
  });

  it('makes a pack that can be read of a font of nothing common', async () => {
    const [made] = packsIn(await run(await makeSmallFont('Ωω')));
    expect(made?.pack.meta.bases.map(({ codepoints }) => codepoints)).toEqual([2]);
  });

  it('refuses a font whose language cannot be told, unless it is named', async () => {
    const latin = await makeSmallFont('ABC');
    const refusal = await refusalOfAsync(() => run(latin, { language: undefined }));
    expect(refusal).toMatchObject({ code: 'unservable-font', message: expect.stringContaining('--lang ja') });
  });
});
