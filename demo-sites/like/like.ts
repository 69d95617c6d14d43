import { createElement } from '../panel/create-element.ts';
import { createVocabulary, hasPageClient, joinWords } from '../panel/vocabulary.ts';
import { countOf } from '../sites/tally/counts.ts';
import type { QueueState } from '../sites/tally/messages.ts';
import { createTallyMarks } from '../sites/tally/tally-marks.ts';
import { type Counter, openCounter } from './counter.ts';
import { likeWordsFor } from './words.ts';

type Connect = (url: string) => Promise<MessagePort>;

const MOST_MARKS = 6;
/** An answer is faster than this where there is network: then nothing is said of waiting. */
const PATIENCE_MS = 1000;
const RETRY_MS = 10_000;

/** Counts this visit, and shows a like button with its number once the tally has answered. */
function startLike(root: HTMLElement, connect: Connect): void {
  const url = `${root.dataset['tally']}/v1/count`;
  let state: QueueState | undefined;
  const counter = openCounter({
    connect: () => connect(url),
    onAnswer: (told) => {
      state = told ?? state;
      draw();
    },
  });
  const view = createLikeView(root, () => {
    counter.count('like');
    draw();
  });
  const draw = () => {
    if (state === undefined) return;
    const pending = counter.pending();
    const likes = countOf(state.counts, 'like') + pending.filter((event) => event === 'like').length;
    view(likes, state.waiting + pending.length);
  };
  counter.count('visit');
  addEventListener('online', () => counter.sayOnline());
  keepSending(counter, () => state?.waiting ?? 0);
}

/** The server may have been away and not the network: nothing tells when it is back. */
function keepSending(counter: Counter, waiting: () => number): void {
  setInterval(() => {
    if (waiting() > 0 && document.visibilityState === 'visible') counter.sayOnline();
  }, RETRY_MS);
}

/** Builds the button; what is returned draws the numbers. */
function createLikeView(root: HTMLElement, press: () => void): (likes: number, waiting: number) => void {
  const words = likeWordsFor(document.documentElement.lang);
  const marks = createElement('span', 'like-marks');
  const total = createElement('output', 'like-total');
  const button = createElement('button', 'like-button', createElement('span', '', words.like), marks);
  button.type = 'button';
  button.addEventListener('click', press);
  const note = createElement('div', 'like-note');
  note.setAttribute('role', 'status');
  root.replaceChildren(button, total, note);
  // Beside the element, which is hidden until there is something to show.
  if (hasPageClient()) root.after(createVocabulary(joinWords(words), ''));
  let patience: ReturnType<typeof setTimeout> | undefined;

  return (likes, waiting) => {
    marks.replaceChildren(...createTallyMarks(likes, MOST_MARKS));
    total.textContent = likes > 0 ? words.total(likes) : '';
    root.dataset['likes'] = String(likes);
    root.dataset['waiting'] = String(waiting);
    clearTimeout(patience);
    if (waiting === 0) note.textContent = '';
    else if (note.textContent === '') patience = setTimeout(sayWaiting, PATIENCE_MS, waiting);
    else sayWaiting(waiting);
    root.hidden = false;
  };

  function sayWaiting(waiting: number): void {
    note.textContent = words.waiting(waiting);
  }
}

const root = document.querySelector<HTMLElement>('[data-tally]');
const { connect } = navigator as Navigator & { readonly connect?: Connect };
if (root && connect) startLike(root, connect.bind(navigator));
