import type { CodepointSet } from '../../font-service/codepoints/codepoint-set.ts';
import { addFont, SUFFIX } from './add-font.ts';
import { type Face, roundLack } from './face.ts';
import { filesToFetch } from './files-to-fetch.ts';
import { request } from './network.ts';
import { script } from './own-script.ts';
import type { Part } from './parts.ts';
import { patienceMs } from './patience.ts';
import { delay, loaded } from './progress.ts';
import { splitRequests } from './split-requests.ts';
import { type Answers, openStores } from './stores.ts';

/** How long the hub may take to fetch. */
const HUB_DEADLINE_MS = 3000;
/** How long stores are awaited that have not answered, where the network has failed. */
const LATE_DEADLINE_MS = 10_000;

/**
 * Brings what the page lacks of a face: from the stores that answer in time, the rest from the network.
 *
 * Takes from `lack` what has come. A retry asks past the browser's cache.
 */
export async function bring(face: Face, lack: Set<Part>, isRetry: boolean): Promise<void> {
  const isFirst = !face.brought.size;
  const startMs = performance.now();
  const stores = openStores(face.origin);
  const answers: Answers = {};

  const useAnswers = () =>
    Promise.all(
      Object.entries(answers).flatMap(([from, fonts]) =>
        fonts.map((font) => addFont(face, lack, startMs, from as keyof Answers, font)),
      ),
    );
  const cache = isRetry ? 'reload' : 'default';
  const fetchByPage = (parts: readonly Part[]) => fetchParts(parts, face, lack, startMs, cache);
  const fetchByHub = async (parts: readonly Part[]) => {
    if (!parts.length) return;
    await Promise.race([stores.ask('fetch', face, answers, parts), delay(HUB_DEADLINE_MS)]);
    await useAnswers();
    await fetchByPage(parts.filter((part) => lack.has(part)));
  };

  const finding = stores.ask('find', face, answers, roundLack(face, lack)[0], lack);
  const wishMs = parseFloat(`${script?.dataset['wait']}`);
  await Promise.race([finding, delay(patienceMs(startMs, isFirst, wishMs))]);
  const isNew = isFirst && face.byCss === false && !answers.worker?.length;
  await useAnswers();
  const [byHub, byPage] = splitRequests(...roundLack(face, lack), !!answers.hub, isNew);
  await Promise.all([fetchByHub(byHub), fetchByPage(byPage)]);
  if (lack.size) await Promise.race([finding, delay(LATE_DEADLINE_MS)]);
  await useAnswers();
}

/** Fetches files, and codepoints in as few deltas as may be. */
async function fetchParts(
  parts: readonly Part[],
  face: Face,
  lack: Set<Part>,
  startMs: number,
  cache: RequestCache,
): Promise<void> {
  const fetchFont = async (file: string, codepoints: CodepointSet) => {
    const add = (bytes?: ArrayBuffer) =>
      addFont(face, lack, startMs, 'network', { file, codepoints, bytes, isStored: false });
    try {
      const bytes = await (await request(face.folder + file + SUFFIX, cache)).arrayBuffer();
      if (await add(bytes)) void loaded.then(() => openStores(face.origin).keep(face, file, bytes));
    } catch (error) {
      // Where scripts may not connect, the browser still may load fonts.
      if (error instanceof TypeError) await add();
    }
  };
  await Promise.all(filesToFetch(parts).map(([file, codepoints]) => fetchFont(file, codepoints)));
}
