import { parseSet } from '../../../font-service/codepoints/set-encoding.ts';
import { BRIDGE_PATH } from '../../../server/policies.ts';
import { gatherFonts } from '../../../sw/fonts/gather-fonts.ts';
import type { SentFont } from '../../../sw/fonts/protocol.ts';
import { type Face, lackOf, roundLack, takeParts } from '../../../sw/page/face.ts';
import { filesToFetch } from '../../../sw/page/files-to-fetch.ts';
import { codepointsOf, filesOf, type Part, partsOf } from '../../../sw/page/parts.ts';
import { splitRequests } from '../../../sw/page/split-requests.ts';
import type { Answers } from '../../../sw/page/stores.ts';
import type { DeliveryKey } from './bench-results.ts';
import type { RemoteFile } from './cached-delivery.ts';
import type { Delivery, Visitor } from './delivery.ts';
import type { FaceFiles } from './face-files.ts';
import type { FacePlan } from './face-plan.ts';
import { formatFaceSheet, readFaceOfSheet, sheetFile } from './face-sheet.ts';
import { createFontMaker, createMemoryFontStore, type MemoryFontStore } from './memory-font-store.ts';
import type { CountedRequest, PageView } from './page-view.ts';
import type { SessionPage } from './sample-session.ts';
import type { ScriptSizes } from './script-sizes.ts';

/** What the page client's delivery of a face is. */
export type TypecaseOptions = {
  readonly trained: boolean;
  readonly grouped: boolean;
  /** Whether the browser lets sites share a hub; else each has the store of its own worker. */
  readonly hasHub: boolean;
  readonly files: FaceFiles;
  readonly plan: FacePlan;
  readonly scripts: ScriptSizes;
  /** The service's, which its stylesheet names. */
  readonly origin: string;
};

/** What is there for all pages of all visitors. */
type World = TypecaseOptions & { readonly sheet: RemoteFile; readonly face: Face };

/** A visitor's fonts: the hub's, and each site's. */
type Stores = {
  readonly hub: MemoryFontStore;
  readonly sites: Map<string, MemoryFontStore>;
  hasHubScript: boolean;
};

/**
 * Creates the delivery by the page client, as the README embeds it: the decisions are those of `sw/page` and `sw/fonts`.
 *
 * Assumed: stores answer before the page asks the network without them; a site's worker is installed by its second page
 * and has been given what the first one fetched; stylesheet and scripts are fresh in the HTTP cache from then on.
 */
export function createTypecaseDelivery(options: TypecaseOptions): Delivery {
  const { grouped, trained, hasHub } = options;
  const sheet = formatFaceSheet(options.files.pack.meta, options.plan, 'delta', options.origin);
  const world: World = { ...options, sheet: sheetFile(sheet), face: readFaceOfSheet(sheet.text) };
  const key: DeliveryKey = { delivery: hasHub ? 'typecase-hub' : 'typecase-site', grouped, trained };
  return { key, startVisitor: () => startVisitor(world) };
}

function startVisitor(world: World): Visitor {
  const stores: Stores = { hub: createMemoryFontStore(), sites: new Map(), hasHubScript: false };
  return {
    view: async (visit, page): Promise<PageView> => {
      const known = stores.sites.get(visit.key);
      const site = known ?? createMemoryFontStore();
      stores.sites.set(visit.key, site);
      const others = known ? LATER_REQUESTS : firstRequests(world, stores);
      const fonts = await bringFonts(createPage(world, stores.hub, site, known !== undefined, page));
      return [...others, ...fonts];
    },
    // Whoever fetches a font leaves it in the HTTP cache, too.
    storedBytes: () => 2 * [stores.hub, ...stores.sites.values()].reduce((sum, store) => sum + store.bytes(), 0),
  };
}

/** Batches of a site's first page; the hub's script is a batch of its own where it is not there yet. */
const BATCHES = { embedded: 1, bridge: 2, hub: 3, fontsByHub: 4, fonts: 2 } as const;

/** What a site's first page loads besides fonts, as counted in Chromium. */
function firstRequests({ sheet, scripts, hasHub }: World, stores: Stores): PageView {
  const script = (path: string, batch: number | undefined) => scriptRequest(scripts, path, batch);
  const isHubNew = hasHub && !stores.hasHubScript;
  stores.hasHubScript ||= hasHub;
  return [
    { kind: 'css', ...sheet, batch: BATCHES.embedded },
    script('/typecase.js', BATCHES.embedded),
    script(BRIDGE_PATH, BATCHES.bridge),
    ...(isHubNew ? [script('/hub.js', BATCHES.hub)] : []),
    // The bridge looks for the installation headers of the stylesheet (HEAD), and keeps the hub's script where there is a
    // hub; the worker that it installs stores the bridge: both for when it is offline.
    { kind: 'css', path: sheet.path, bytes: 0, batch: undefined },
    script('/sw.js', undefined),
    script(BRIDGE_PATH, undefined),
    ...(hasHub ? [script('/hub.js', undefined)] : []),
  ];
}

/** On later pages the bridge comes from the worker's store; it and the worker are asked for anew, and have not changed. */
const LATER_REQUESTS: PageView = [BRIDGE_PATH, '/sw.js'].map((path) => {
  return { kind: 'script', path, bytes: 0, batch: undefined };
});

function scriptRequest(scripts: ScriptSizes, path: string, batch: number | undefined): CountedRequest {
  const bytes = scripts.get(path);
  if (bytes === undefined) throw new Error(`There is no script ${path}.`);
  return { kind: 'script', path, bytes, batch };
}

/** A page while it brings its fonts, and what it has requested. */
type Page = {
  readonly world: World;
  readonly face: Face;
  readonly lack: Set<Part>;
  readonly hub: MemoryFontStore;
  readonly site: MemoryFontStore;
  /** Whether the site's worker answers already. */
  readonly isInstalled: boolean;
  readonly requests: CountedRequest[];
};

function createPage(
  world: World,
  hub: MemoryFontStore,
  site: MemoryFontStore,
  isInstalled: boolean,
  { codepoints }: SessionPage,
): Page {
  const shown = new Set(codepoints.filter((codepoint) => world.face.places[codepoint]));
  const face: Face = { ...world.face, shown, brought: new Set() };
  return { world, face, lack: lackOf(face), hub, site, isInstalled, requests: [] };
}

/** Brings the fonts of a page in the order of `bring` in sw/page, without its waiting. */
async function bringFonts(page: Page): Promise<PageView> {
  const { world, face, lack, hub, site, isInstalled } = page;
  if (!lack.size) return [];
  const answers: Answers = {};
  const [shared] = roundLack(face, lack);
  if (world.hasHub) answers.hub = await askStore('find', page, shared, hub);
  if (isInstalled) answers.worker = await askStore('find', page, [...lack], site);
  useAnswers(page, Object.values(answers).flat());
  const [byHub, byPage] = splitRequests(...roundLack(face, lack), !!answers.hub, !answers.worker?.length);
  if (byHub.length) useAnswers(page, await askStore('fetch', page, byHub, hub));
  await fetchByPage(page, byPage);
  if (lack.size) throw new Error(`${lack.size} parts of a page have not come.`);
  return page.requests;
}

/** Asks a store; what it fetches is a request of the page's, too. */
function askStore(
  ask: 'find' | 'fetch',
  page: Page,
  parts: readonly Part[],
  store: MemoryFontStore,
): Promise<readonly SentFont[]> {
  const { face, build } = page.face;
  const message = { ask, id: 0, face, build, files: filesOf(parts), codepoints: codepointsOf(parts) } as const;
  return gatherFonts(
    message,
    store,
    createFontMaker(store, (file) => fetchFont(page, file)),
  );
}

/** Takes of the fonts what the page lacks; fonts that bring nothing of it are left. */
function useAnswers({ face, lack }: Page, fonts: readonly SentFont[]): void {
  for (const font of fonts) {
    const parts = partsOf(font);
    if (parts.some((part) => lack.has(part))) takeParts(face, lack, parts);
  }
}

/** Fetches what no store has, and hands it to the site's. */
async function fetchByPage(page: Page, parts: readonly Part[]): Promise<void> {
  const { face, lack, site } = page;
  for (const [file, codepoints] of filesToFetch(parts)) {
    const bytes = await fetchFont(page, file);
    takeParts(face, lack, partsOf({ file, codepoints }));
    await site.put({ face: face.face, build: face.build, file }, bytes);
  }
}

/** Counts the request of a font; what comes back stands for its bytes: the real font is made, its size is what counts. */
async function fetchFont({ world, face, isInstalled, requests }: Page, file: string): Promise<ArrayBuffer> {
  const { files, hasHub } = world;
  const bytes = file.startsWith('d/') ? await files.deltaBytes(parseSet(file.slice(2))) : files.baseBytes(file);
  const batch = hasHub && !isInstalled ? BATCHES.fontsByHub : BATCHES.fonts;
  requests.push({ kind: 'font', path: new URL(`${face.folder}${file}.woff2`).pathname, bytes, batch });
  return new ArrayBuffer(bytes);
}
