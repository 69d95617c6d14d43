import { beforeAll, describe, expect, it } from 'vitest';
import { codepointSetOfText } from '../../../font-service/codepoints/codepoint-set.ts';
import { parseSet } from '../../../font-service/codepoints/set-encoding.ts';
import { formatDeltaPlan } from '../../../font-service/plan/delta-plan.ts';
import { createPlannedDeliveries } from '../../bench/replay/create-deliveries.ts';
import { createFaceFiles, type FaceFiles } from '../../bench/replay/face-files.ts';
import { replaySession } from '../../bench/replay/measure-session.ts';
import type { PageView } from '../../bench/replay/page-view.ts';
import type { Session } from '../../bench/replay/sample-session.ts';
import { createSizeCache } from '../../bench/replay/size-cache.ts';
import { makePacks } from '../../support/make-pack.ts';
import { makeSmallFont, withFontFile } from '../../support/small-font.ts';

const COMMON = '一丁七万三上下不世丘';
/** Two groups of four. */
const RARE = '両並中主久乗九事';
const DELTAS = formatDeltaPlan({ tiers: [codepointSetOfText(COMMON), codepointSetOfText(RARE)] });
const SCRIPTS = new Map(
  ['/typecase.js', '/sw.js', '/hub.js', '/.well-known/navigator-connect'].map((path) => [path, 1000]),
);

let files: FaceFiles;

beforeAll(async () => {
  const font = await makeSmallFont();
  const [pack] = await withFontFile(font, makePacks);
  const caches = { slowFiles: createSizeCache(), deltas: createSizeCache() };
  files = createFaceFiles({ packBytes: pack!.bytes, font, sliceQuality: 11, ...caches });
});

/** A session by pages' texts: one array a site. */
function sessionOf(...sites: readonly (readonly string[])[]): Session {
  return sites.map((texts, index) => ({
    ...{ key: `site ${index}`, site: `site ${index}` },
    pages: texts.map((text) => ({ codepoints: codepointSetOfText(text) })),
  }));
}

function deliveryOf(name: string, grouped = true) {
  const plan = { ...files.pack.meta.plan, deltas: DELTAS };
  const deliveries = createPlannedDeliveries({ files, scripts: SCRIPTS }, plan, false);
  return deliveries.find(({ key }) => key.delivery === name && key.grouped === grouped)!;
}

/** The fonts of a view: bases by name, deltas by their text. */
function fontsOf(view: PageView): readonly string[] {
  return view
    .filter(({ kind }) => kind === 'font')
    .map(({ path }) => {
      const [, set] = /\/d\/(.+)\.woff2$/.exec(path) ?? [];
      return set === undefined ? path.slice(path.lastIndexOf('/') + 1, -6) : String.fromCodePoint(...parseSet(set));
    });
}

async function replay(name: string, session: Session, grouped?: boolean) {
  const { views, measure } = await replaySession(deliveryOf(name, grouped), session);
  return { views, measure, fonts: views.map(fontsOf) };
}

describe('the page client with the store of each site', () => {
  it('fetches a base and one delta on the first page, what is new on later ones, and nothing twice', async () => {
    const { fonts } = await replay('typecase-site', sessionOf(['ab一丁', 'ab一丁七', '丁七'], ['ab一丁']));
    expect(fonts).toEqual([['base-0', '一丁'], ['七'], [], ['base-0', '一丁']]);
  });

  it('asks for rare codepoints in whole groups, which later pages then have', async () => {
    const { fonts } = await replay('typecase-site', sessionOf(['一両', '並主', '久']));
    expect(fonts).toEqual([['一両並中主'], [], ['久乗九事'].map((text) => [...text].sort().join(''))]);
  });

  it('asks for exactly what is drawn where the rounding is off', async () => {
    const { fonts } = await replay('typecase-site', sessionOf(['一両', '並主']), false);
    expect(fonts).toEqual([['一両'], ['並主']]);
  });

  it('leaves out what the face does not have', async () => {
    const { fonts } = await replay('typecase-site', sessionOf(['語', '語一']));
    expect(fonts).toEqual([[], ['一']]);
  });
});

describe('the page client with a hub', () => {
  it('fetches what is common once for all sites', async () => {
    const { fonts } = await replay('typecase-hub', sessionOf(['ab一丁'], ['ab一丁', '七'], ['ab一七']));
    expect(fonts).toEqual([['base-0', '一丁'], [], ['七'], []]);
  });

  it('leaves rare codepoints to each site', async () => {
    const { fonts } = await replay('typecase-hub', sessionOf(['一両'], ['一両']));
    expect(fonts).toEqual([['一', '両並中主'], ['両並中主']]);
  });

  it('shares everything where the rounding is off', async () => {
    const { fonts } = await replay('typecase-hub', sessionOf(['一両'], ['一両']), false);
    expect(fonts).toEqual([['一両'], []]);
  });
});

describe('what is measured', () => {
  it('has the sizes of the real files', async () => {
    const { views } = await replay('typecase-site', sessionOf(['ab一丁']));
    const fonts = views.flat().filter(({ kind }) => kind === 'font');
    expect(fonts.map(({ bytes }) => bytes)).toEqual([
      files.baseBytes('base-0'),
      await files.deltaBytes(codepointSetOfText('一丁')),
    ]);
  });

  it('counts what is stored twice: each font is in a store and in the HTTP cache', async () => {
    const { measure } = await replay('typecase-hub', sessionOf(['ab一丁両', '七'], ['ab一丁両']));
    expect(measure.storedBytes).toBe(2 * measure.bytes.font);
  });

  it('has scripts and stylesheet once a site, and two questions whether they have changed on later pages', async () => {
    const { views } = await replay('typecase-site', sessionOf(['一', '一'], ['一']));
    const others = views.map((view) => view.filter(({ kind }) => kind !== 'font'));
    expect(others.map((requests) => requests.length)).toEqual([6, 2, 6]);
    expect(others[1]!.every(({ bytes, batch }) => bytes === 0 && batch === undefined)).toBe(true);
  });

  it('has the hub’s script once more on the visitor’s first site, in a batch before the fonts', async () => {
    const { views } = await replay('typecase-hub', sessionOf(['一'], ['七']));
    const waited = views.map((view) => view.filter(({ batch }) => batch !== undefined));
    const hub = waited.map((view) => view.filter(({ path }) => path === '/hub.js').map(({ batch }) => batch));
    expect(hub).toEqual([[3], []]);
    expect(waited.map((view) => view.filter(({ kind }) => kind === 'font').map(({ batch }) => batch))).toEqual([
      [4],
      [4],
    ]);
  });

  it('is the same whatever was replayed before', async () => {
    const session = sessionOf(['ab一両', '七久'], ['上下']);
    const delivery = deliveryOf('typecase-hub');
    const first = await replaySession(delivery, session);
    await replaySession(delivery, sessionOf(['一丁七万三上下']));
    expect(await replaySession(delivery, session)).toEqual(first);
  });
});

describe('our slices', () => {
  it('bring each codepoint in one file, as large as ingest makes it', async () => {
    const { views } = await replay('typecase-noscript', sessionOf(['ab一丁両']), false);
    const names = views.flat().map(({ path }) => path.split('/').slice(4).join('/'));
    expect(names.some((name) => name.startsWith('base-0'))).toBe(true);
    const slices = views.flat().filter(({ path }) => path.includes('/s/'));
    expect(slices.length).toBeGreaterThan(0);
    expect(slices.every(({ bytes }) => bytes > 300)).toBe(true);
  });
});
