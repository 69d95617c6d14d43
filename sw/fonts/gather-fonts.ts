import { chooseCover } from './choose-cover.ts';
import { codepointsOf, deltaNamesOf } from './delta-names.ts';
import type { FontStore } from './font-store.ts';
import type { FontLoader } from './load-font.ts';
import type { FontAsk, SentFont } from './protocol.ts';

/**
 * Gathers what is asked for: stored files, the stored deltas that cover the codepoints, and, for a `fetch`, from the network
 * the files that are missing and one delta of all codepoints that are in none (one for each MAX_DELTA_CODEPOINTS).
 *
 * It is the strategy for deltas. Those of Workbox answer one request with one response; this one answers a set with several
 * fonts, of which none need have been asked for before. Who asks at the same moment for what is on its way shares it.
 */
export async function gatherFonts(
  { ask, face, build, files, codepoints }: FontAsk,
  store: FontStore,
  loader: FontLoader,
): Promise<readonly SentFont[]> {
  const isFetching = ask === 'fetch';
  const stored = await store.list({ face, build });
  // At once, without waiting: what lands from here on is neither in the list nor under way any more.
  const underWay = isFetching ? loader.underWay({ face, build }) : [];
  const { chosen, missing } = chooseCover(codepoints, [...stored.keys(), ...underWay], codepointsOf);
  const names = [...files, ...chosen, ...(isFetching ? deltaNamesOf(missing) : [])];

  async function obtain(file: string): Promise<readonly SentFont[]> {
    const key = { face, build, file };
    const byteLength = stored.get(file);
    const kept = byteLength === undefined ? undefined : await store.read(key, byteLength);
    const bytes = kept ?? (isFetching ? await loader.load(key) : undefined);
    return bytes ? [{ file, codepoints: codepointsOf(file), bytes, isStored: kept !== undefined }] : [];
  }

  return (await Promise.all(names.map(obtain))).flat();
}
