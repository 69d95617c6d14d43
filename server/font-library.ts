import { assembleFont } from '../font-service/assemble/assemble-font.ts';
import type { BrotliCompress } from '../font-service/assemble/woff2.ts';
import type { CodepointSet } from '../font-service/codepoints/codepoint-set.ts';
import { TypecaseError } from '../font-service/errors.ts';
import { type FontAddress, packFileName } from '../font-service/font-url.ts';
import type { BuildId, FaceId } from '../font-service/identifiers.ts';
import { type FaceMeta, parseFaceMeta } from '../font-service/pack/face-meta.ts';
import { locateMeta, type Pack, readPack, readPackExtent } from '../font-service/pack/pack.ts';
import { HEADER_BYTES } from '../font-service/pack/pack-format.ts';
import type { PlanShelf } from './plan-shelf.ts';
import type { FaceStore, FaceSummary } from './stores/face-store.ts';
import { createLruCache, type KeepAlive } from './stores/lru-cache.ts';

/** A build without its glyphs: its description, and where its finished files begin. */
type PackHead = { readonly meta: FaceMeta; readonly coreBytes: number };

/** A build as stylesheets show it: its description with the plan that is current. */
export type CurrentFace = FaceMeta & { readonly source: 'priors' | 'usage' };

/** A font file's bytes; those that were assembled now may be stored better compressed. */
export type LibraryFont = { readonly bytes: Uint8Array<ArrayBuffer>; readonly isFinished: boolean };

/** The fonts that the service has, by address. */
export interface FontLibrary {
  /** The current faces; up to `catalogueAgeMs` old. */
  faces(): Promise<readonly FaceSummary[]>;
  /** A build's description; undefined where there is no such build. */
  head(face: FaceId, build: BuildId): Promise<PackHead | undefined>;
  /** A build's description, and its current plan: the pack's own, or one that usage has made. */
  current(face: FaceId, build: BuildId): Promise<CurrentFace | undefined>;
  /** A build with its glyphs. */
  pack(face: FaceId, build: BuildId): Promise<Pack | undefined>;
  /** A WOFF2 file: as it stands in the pack, or assembled; undefined where the address names none. */
  font(address: FontAddress, compress?: BrotliCompress): Promise<LibraryFont | undefined>;
  /** Stores a face's build, and shows it at once. */
  put(summary: FaceSummary, pack: Uint8Array<ArrayBuffer>): Promise<void>;
}

/** What a library is made of; its budgets must leave room in the 128 MB of an isolate. */
export type FontLibraryOptions = {
  readonly store: FaceStore;
  readonly plans: PlanShelf;
  readonly compress: BrotliCompress;
  readonly nowMs: () => number;
  readonly keepAlive: KeepAlive;
  /** Bytes of packs held in memory. */
  readonly packBudgetBytes: number;
  readonly headBudgetBytes: number;
  readonly catalogueAgeMs: number;
};

/** Creates a library over a store: packs and descriptions are held under budgets, the catalogue for a while. */
export function createFontLibrary(options: FontLibraryOptions): FontLibrary {
  const { store, plans, keepAlive } = options;
  const packs = createLruCache<Pack>(options.packBudgetBytes, (pack) => pack.records.buffer.byteLength, keepAlive);
  const heads = createLruCache<PackHead>(options.headBudgetBytes, ({ meta }) => JSON.stringify(meta).length, keepAlive);
  const catalogue = createCatalogue(options);
  const head = (face: FaceId, build: BuildId) =>
    heads.get(`${face}/${build}`, () => blameStore(readHead(store, face, build)));
  const pack = (face: FaceId, build: BuildId) =>
    packs.get(`${face}/${build}`, () => blameStore(readCore(store, face, build)));

  async function finished({ face, build, file }: FontAddress): Promise<LibraryFont | undefined> {
    if (file.kind === 'delta') return undefined;
    const found = await head(face, build);
    const place = found?.meta.files.find(({ name }) => name === packFileName(file));
    if (found === undefined || place === undefined) return undefined;
    const range = { offset: found.coreBytes + place.offset, length: place.length };
    const bytes = await store.readPack(face, build, range);
    return bytes && { bytes, isFinished: true };
  }

  async function setOf({ face, build, file }: FontAddress): Promise<CodepointSet | undefined> {
    if (file.kind === 'delta') return file.set;
    if (file.kind === 'base') return undefined;
    return (await blameStore(plans.get({ face, build, plan: file.plan })))?.members[file.number];
  }

  return {
    faces: catalogue.faces,
    head,
    pack,
    current: async (face, build) => {
      const [found, learned] = await Promise.all([head(face, build), plans.current(face, build)]);
      return found && { ...found.meta, plan: learned ?? found.meta.plan, source: learned ? 'usage' : 'priors' };
    },
    font: async (address, compress = options.compress) => {
      const file = await finished(address);
      if (file !== undefined) return file;
      const set = await setOf(address);
      const found = set && (await pack(address.face, address.build));
      return found && { bytes: await assembleFont(found, set, compress), isFinished: false };
    },
    put: async (summary, bytes) => {
      await store.put(summary, bytes);
      catalogue.forget();
    },
  };
}

function createCatalogue({ store, nowMs, keepAlive, catalogueAgeMs }: FontLibraryOptions) {
  let listed: { readonly faces: Promise<readonly FaceSummary[]>; readonly untilMs: number } | undefined;
  const forget = () => {
    listed = undefined;
  };
  return {
    forget,
    faces: async () => {
      if (listed === undefined || nowMs() >= listed.untilMs) {
        listed = { faces: blameStore(store.list()), untilMs: nowMs() + catalogueAgeMs };
        keepAlive(listed.faces.catch(forget));
      }
      return listed.faces;
    },
  };
}

async function readHead(store: FaceStore, face: FaceId, build: BuildId): Promise<PackHead | undefined> {
  const header = await store.readPack(face, build, { offset: 0, length: HEADER_BYTES });
  if (header === undefined) return undefined;
  const json = await store.readPack(face, build, locateMeta(header));
  return json && { meta: parseFaceMeta(new TextDecoder().decode(json)), coreBytes: readPackExtent(header).coreBytes };
}

async function readCore(store: FaceStore, face: FaceId, build: BuildId): Promise<Pack | undefined> {
  const header = await store.readPack(face, build, { offset: 0, length: HEADER_BYTES });
  if (header === undefined) return undefined;
  const core = await store.readPack(face, build, { offset: 0, length: readPackExtent(header).coreBytes });
  return core && readPack(core);
}

/** What was checked when it was stored and cannot be read now is no fault of who asks. */
async function blameStore<T>(read: Promise<T>): Promise<T> {
  try {
    return await read;
  } catch (cause) {
    if (!(cause instanceof TypecaseError)) throw cause;
    throw new Error(`The store holds what it should not: ${cause.message}`, { cause });
  }
}
