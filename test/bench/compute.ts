/**
 * Measures what a delta costs to make, against `subset-font` on the same codepoints, in one run.
 *
 * Expected before it runs: assembly is brotli at quality 5 for nine tenths of its time; subset-font is brotli at 11 and
 * loading the font again; so the ratio is largest for few hundred codepoints of a large font, and smaller for 100 of a small
 * one, where the fixed cost of a request counts. With 100 codepoints a delta must not be larger than HarfBuzz's subset.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import subsetFont from 'subset-font';
import { assembleFont } from '../../font-service/assemble/assemble-font.ts';
import { type CodepointSet, codepointSetOf } from '../../font-service/codepoints/codepoint-set.ts';
import { type Pack, readPack } from '../../font-service/pack/pack.ts';
import { isInBaseTerritory } from '../../font-service/plan/base-territory.ts';
import { readPriors } from '../../server/cli/ingest/read-priors.ts';
import { fontPath, makePacks, readFont } from '../support/make-pack.ts';
import { brotliAt } from './brotli-at.ts';
import { measurePeakRss } from './measure-peak-rss.ts';
import { medianOf } from './median-of.ts';
import { startWorkerdAssembler, type WorkerdAssembler } from './workerd-assembler.ts';

type Row = {
  readonly face: string;
  readonly codepoints: number;
  readonly assembleWorkerdMs: number;
  readonly assembleNodeMs: number;
  readonly subsetFontNoClosureMs: number;
  readonly subsetFontDefaultMs: number;
  readonly bytesQ5: number;
  readonly bytesQ11: number;
  readonly bytesSubsetFontNoClosure: number;
  readonly bytesSubsetFontDefault: number;
};

const PACKAGES = ['noto-sans-jp', 'noto-sans-kr', 'noto-sans-tc', 'noto-sans-sc'];
const COUNTS = [100, 500, 2000];
/** Deltas in a row that one time is taken of, so that a clock's step does not count. */
const DELTAS_A_TIME = 20;

/** The face's commonest codepoints beyond its bases: what deltas are made of. */
async function commonestOf({ codepoints, meta }: Pack, count: number): Promise<CodepointSet> {
  const { share } = await readPriors(meta.language);
  const rest = Array.from(codepoints).filter((codepoint) => !isInBaseTerritory(codepoint));
  return codepointSetOf(rest.sort((a, b) => share(b) - share(a) || a - b).slice(0, count));
}

async function timeMs(run: () => Promise<unknown>, times = 1): Promise<number> {
  const startedMs = performance.now();
  for (let time = 0; time < times; time++) await run();
  return (performance.now() - startedMs) / times;
}

async function measureRow(
  pack: Pack,
  source: Buffer,
  set: CodepointSet,
  workerd: WorkerdAssembler,
  repetitions: number,
): Promise<Row> {
  const text = String.fromCodePoint(...set);
  const noClosure = () => subsetFont(source, text, { targetFormat: 'woff2', noLayoutClosure: true });
  const defaults = () => subsetFont(source, text, { targetFormat: 'woff2' });
  const inNode = () => assembleFont(pack, set, brotliAt(5));
  const times: number[][] = [];
  await inNode();
  for (let repetition = 0; repetition < repetitions; repetition++) {
    times.push([
      await workerd.timeMs(pack.meta.face, set, DELTAS_A_TIME),
      await timeMs(inNode, DELTAS_A_TIME),
      await timeMs(noClosure),
      await timeMs(defaults),
    ]);
  }
  const medianMs = (method: number) => medianOf(times.map((row) => row[method] ?? 0));
  return {
    face: pack.meta.face,
    codepoints: set.length,
    assembleWorkerdMs: medianMs(0),
    assembleNodeMs: medianMs(1),
    subsetFontNoClosureMs: medianMs(2),
    subsetFontDefaultMs: medianMs(3),
    bytesQ5: (await inNode()).length,
    bytesQ11: (await assembleFont(pack, set, brotliAt(11))).length,
    bytesSubsetFontNoClosure: (await noClosure()).length,
    bytesSubsetFontDefault: (await defaults()).length,
  };
}

function formatRow(row: Row): string {
  const times = [row.assembleWorkerdMs, row.assembleNodeMs, row.subsetFontNoClosureMs, row.subsetFontDefaultMs];
  const cells = times.map((ms) => ms.toFixed(ms < 100 ? 2 : 0).padStart(8)).join(' ');
  const ratio = `${(row.subsetFontNoClosureMs / row.assembleWorkerdMs).toFixed(0)}x`.padStart(6);
  const bytes = [row.bytesQ5, row.bytesQ11, row.bytesSubsetFontNoClosure]
    .map((count) => String(count).padStart(7))
    .join(' ');
  const ofIts = [row.bytesQ5, row.bytesQ11].map((count) => (count / row.bytesSubsetFontNoClosure).toFixed(3)).join(' ');
  return `${row.face.padEnd(17)} ${String(row.codepoints).padStart(5)} ${cells} ${ratio}  ${bytes}  ${ofIts}`;
}

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: 'string' }, repetitions: { type: 'string', default: '5' } },
  });
  const workerd = await startWorkerdAssembler();
  const rows: Row[] = [];
  try {
    console.log(
      'medians; ms a delta in workerd, in Node, by subset-font (noLayoutClosure), by its defaults; subset-font / workerd',
    );
    console.log('bytes at q5, at q11, of subset-font (noLayoutClosure); the first two as shares of the third\n');
    for (const packageName of PACKAGES) {
      const [made] = await makePacks(fontPath(packageName));
      if (made === undefined) throw new Error(`${packageName} was not ingested.`);
      const pack = readPack(made.bytes);
      await workerd.load(made.bytes);
      const source = Buffer.from(await readFont(packageName));
      for (const count of COUNTS) {
        rows.push(await measureRow(pack, source, await commonestOf(pack, count), workerd, Number(values.repetitions)));
        console.log(formatRow(rows.at(-1) as Row));
      }
    }
  } finally {
    await workerd.stop();
  }
  const memory = await measurePeakRss(PACKAGES);
  console.log(
    `\npeak memory of a process with the four faces loaded: ${memory.peakRssMiB} MiB, of which the bare runtime ${memory.bareRssMiB}`,
  );
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ rows, ...memory }, null, 2)}\n`);
}

await run();
