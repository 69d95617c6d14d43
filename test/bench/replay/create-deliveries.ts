import { createHash } from 'node:crypto';
import { type CodepointSet, unionOf } from '../../../font-service/codepoints/codepoint-set.ts';
import { parseUnicodeRange } from '../../../font-service/codepoints/unicode-range.ts';
import { formatFontPath } from '../../../font-service/font-url.ts';
import type { DeliveryName } from './bench-results.ts';
import { createCachedDelivery, type RemoteFile } from './cached-delivery.ts';
import { compressedBytes } from './compressed-text.ts';
import type { Delivery } from './delivery.ts';
import type { FaceFiles } from './face-files.ts';
import { type FacePlan, membersOfSlices, ownersOf, withoutGroups } from './face-plan.ts';
import { formatFaceSheet, sheetFile } from './face-sheet.ts';
import type { LanguageWorld } from './language-world.ts';
import type { Session, SessionPage, SiteVisit } from './sample-session.ts';
import { createTypecaseDelivery } from './typecase-delivery.ts';

/** The service's address, which stylesheets name. */
const SERVICE_ORIGIN = 'https://fonts.example';

/** Creates the deliveries that need no plan. `optima` and the subsets that sites make themselves take long. */
export function createPlainDeliveries(world: LanguageWorld, withOptima: boolean): readonly Delivery[] {
  const { files, google } = world;
  const wholeFontOf = async () => [{ path: '/whole.woff2', bytes: await files.wholeFontBytes() }];
  const slicesOf = async (_: SiteVisit, { codepoints }: SessionPage) => distinct(codepoints, google.fileOf);
  const pageSubsetOf = async (_: SiteVisit, { codepoints }: SessionPage) => [
    { path: `/fonts/${digestOf(codepoints)}.woff2`, bytes: await files.deltaBytes(codepoints) },
  ];
  const plain = { stylesheet: undefined, isShared: false };
  const create = (delivery: DeliveryName, options: Omit<Parameters<typeof createCachedDelivery>[0], 'key'>) =>
    createCachedDelivery({ key: { delivery, grouped: false, trained: false }, ...options });
  return [
    create('whole-font', { ...plain, stylesheet: wholeFontSheet(world), fontsOf: wholeFontOf }),
    create('slices', { ...plain, stylesheet: google.stylesheet, fontsOf: slicesOf }),
    create('slices-shared', { stylesheet: google.stylesheet, fontsOf: slicesOf, isShared: true }),
    create('page-subset', { ...plain, fontsOf: pageSubsetOf }),
    ...(withOptima ? createSubsetDeliveries(world) : []),
  ];
}

function createSubsetDeliveries({ files, sites }: LanguageWorld): readonly Delivery[] {
  const exact = async (pages: readonly SessionPage[]) => {
    const set = unionOf(...pages.map(({ codepoints }) => codepoints));
    return [{ path: '/fonts/exact.woff2', bytes: await files.exactSubsetBytes(set) }];
  };
  const create = (
    delivery: DeliveryName,
    isShared: boolean,
    pagesOf: (visit: SiteVisit, session: Session) => readonly SessionPage[],
  ) =>
    createCachedDelivery({
      key: { delivery, grouped: false, trained: false },
      ...{ stylesheet: undefined, isShared, fontsOf: (visit, _, session) => exact(pagesOf(visit, session)) },
    });
  return [
    create('site-subset', false, ({ site, pages }) => sites.get(site) ?? pages),
    create('optimum-site', false, ({ pages }) => pages),
    create('optimum-hub', true, (_, session) => session.flatMap(({ pages }) => pages)),
  ];
}

/** Creates the deliveries by a plan: slices without script, the page client with this site's store, and with the hub. */
export function createPlannedDeliveries(
  { files, scripts }: Pick<LanguageWorld, 'files' | 'scripts'>,
  plan: FacePlan,
  trained: boolean,
  origin = SERVICE_ORIGIN,
): readonly Delivery[] {
  const byClient = [true, false].flatMap((grouped) =>
    [false, true].map((hasHub) => {
      const used = grouped ? plan : withoutGroups(plan);
      return createTypecaseDelivery({ trained, grouped, hasHub, files, plan: used, scripts, origin });
    }),
  );
  return [createSliceDelivery(files, plan, trained, origin), ...byClient];
}

function createSliceDelivery(files: FaceFiles, plan: FacePlan, trained: boolean, origin: string): Delivery {
  const { meta } = files.pack;
  const { face, build, bases } = meta;
  const slices = membersOfSlices(plan, bases);
  const owners = ownersOf(slices);
  const baseOwners = ownersOf(bases.map(({ unicodeRange }) => parseUnicodeRange(unicodeRange)));
  const fontsOf = (codepoints: CodepointSet): Promise<readonly RemoteFile[]> => {
    const numbers = distinct(codepoints, (codepoint) => owners.get(codepoint));
    const baseNumbers = distinct(codepoints, (codepoint) => baseOwners.get(codepoint));
    const sliceFiles = numbers.map(async (number) => ({
      path: formatFontPath({ face, build, file: { kind: 'slice', plan: plan.id, number } }),
      bytes: await files.sliceBytes(slices[number] as CodepointSet),
    }));
    const baseFiles = baseNumbers.map(async (number) => ({
      path: formatFontPath({ face, build, file: { kind: 'base', number, isVertical: false } }),
      bytes: files.baseBytes(`base-${number}`),
    }));
    return Promise.all([...baseFiles, ...sliceFiles]);
  };
  return createCachedDelivery({
    key: { delivery: 'typecase-noscript', grouped: false, trained },
    stylesheet: sheetFile(formatFaceSheet(meta, plan, 'slices', origin)),
    fontsOf: (_, { codepoints }) => fontsOf(codepoints),
    isShared: false,
  });
}

/** What some codepoints are in, each once; what is undefined is nothing. */
function distinct<T>(codepoints: CodepointSet, of: (codepoint: number) => T | undefined): readonly T[] {
  const found = new Set(Array.from(codepoints, of));
  return [...found].filter((value) => value !== undefined);
}

function wholeFontSheet({ files: { pack } }: LanguageWorld): RemoteFile {
  const { family } = pack.meta;
  const rule = `@font-face{font-family:'${family}';font-weight:400;font-display:swap;src:url(${SERVICE_ORIGIN}/whole.woff2) format('woff2')}`;
  return { path: '/400.css', bytes: compressedBytes(rule) };
}

/** A name for a page's own file: equal sets, equal names. */
function digestOf(set: CodepointSet): string {
  return createHash('sha1').update(set.join()).digest('hex').slice(0, 10);
}
