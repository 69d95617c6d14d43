import { createVocabulary, joinWords } from '../../panel/vocabulary.ts';
import { readBookmark, readKept, writeBookmark, writeKept } from './bookmark.ts';
import { CACHE_NAME, pagePaths } from './shelf.ts';

/** Whether the book can be read without network: being stored, stored, in use so, or not to be had in this browser. */
type ShelfState = 'storing' | 'ready' | 'offline' | 'impossible';

const stateWords: Readonly<Record<ShelfState, string>> = {
  storing: '頁を手もとに写しています',
  ready: '通信がなくても読めます',
  offline: '通信なしで開いています',
  impossible: '通信のあるときに読めます',
};
const contentsWords = { bookmark: '栞', kept: '書体も手もとに' };
const CONTENTS = '/';

function showState(state: ShelfState): void {
  for (const element of document.querySelectorAll<HTMLElement>('[data-state]')) {
    element.dataset['state'] = state;
    element.textContent = stateWords[state];
  }
}

/** The pages are there when the cache has them all, whichever worker is running. */
async function isStored(): Promise<boolean> {
  const cache = await caches.open(CACHE_NAME);
  const found = await Promise.all(pagePaths.map((path) => cache.match(path)));
  return found.every((response) => response !== undefined);
}

async function updateState(): Promise<void> {
  if (!(await isStored())) return showState('storing');
  showState(navigator.onLine ? 'ready' : 'offline');
}

async function keepBook(): Promise<void> {
  if (!('serviceWorker' in navigator)) return showState('impossible');
  await updateState();
  for (const event of ['online', 'offline']) addEventListener(event, () => void updateState());
  await navigator.serviceWorker.register('/sw.js');
  await navigator.serviceWorker.ready;
  await updateState();
}

/** A chapter's fonts are at hand once a store has answered for them; the page's own requests alone keep nothing. */
function noteFonts(): void {
  document.addEventListener('typecase:ready', (event) => {
    const { mode } = (event as CustomEvent<{ readonly mode: string }>).detail;
    if (mode === 'direct') return;
    writeKept([...new Set([...readKept(), location.pathname])]);
    showContents();
  });
}

/** Marks the chapter that was open last, and those whose fonts are at hand. */
function showContents(): void {
  const [bookmark, kept] = [readBookmark(), readKept()];
  for (const link of document.querySelectorAll<HTMLElement>('[data-chapter]')) {
    const path = link.dataset['chapter'] ?? '';
    if (path === bookmark) link.setAttribute('aria-current', 'location');
    const signs = [path === bookmark ? contentsWords.bookmark : '', kept.includes(path) ? contentsWords.kept : ''];
    const state = link.querySelector('.contents-state');
    if (state) state.textContent = signs.filter((sign) => sign !== '').join('\n');
  }
}

document.body.append(createVocabulary(joinWords([stateWords, contentsWords]), ''));
if (location.pathname !== CONTENTS) writeBookmark(location.pathname);
showContents();
noteFonts();
keepBook().catch(async (error: unknown) => {
  if (!(await isStored())) showState('impossible');
  reportError(error);
});
