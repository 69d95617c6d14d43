import { bringAll, facesOfPage } from './faces-of-page.ts';
import { readElement } from './read-page.ts';

/** Changes of about one frame are read together. */
const FRAME_MS = 16;
/** Reading takes at most the 21st part of the time, however often the page changes. */
const REST_RATIO = 20;

/** What is to be read. */
const changed = new Set<Element | undefined>();
let isScheduled = false;
let nextMs = 0;

const observer = new MutationObserver((records) => {
  for (const { type, target, addedNodes } of records)
    for (const node of type === 'childList' ? addedNodes : [target]) mark(node);
});

/** Notices what is hidden when it appears, in whatever way, and costs nothing meanwhile. */
const appearances = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      appearances.unobserve(target);
      mark(target);
    }
  },
  { rootMargin: '100%' },
);

/** Watches the page for changes, and listens for what no observer sees. */
export function watchPage(): void {
  watch(document);
  document.addEventListener('input', (event) => mark(event.composedPath()[0] as Node), true);
  addEventListener('online', bringAll);
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (options) {
    mark(this);
    return attachShadow.call(this, options);
  };
}

/** Awaits that an element is rendered, or watches a tree. */
function watch(node: Node): void {
  if (node instanceof Element) appearances.observe(node);
  else observer.observe(node, { subtree: true, childList: true, characterData: true, attributes: true });
}

/** Has an element, or the one around a text, read soon: by a timer, as hidden pages have no frames. */
export function mark(node: Node): void {
  changed.add(node instanceof Element ? node : (node.parentElement ?? (node.getRootNode() as ShadowRoot).host));
  if (isScheduled) return;
  isScheduled = true;
  setTimeout(readChanged, nextMs - performance.now());
}

/** Reads what has changed; the whole page is marked anyway when the first faces come. */
export function readChanged(): void {
  const start = performance.now();
  isScheduled = false;
  for (const element of changed)
    if (facesOfPage.size && element?.isConnected && !isWithinChanged(element)) readElement(element, watch);
  changed.clear();
  const { duration } = performance.measure('typecase:scan', { start });
  nextMs = start + FRAME_MS + duration * (REST_RATIO + 1);
  bringAll();
}

function isWithinChanged({ parentElement }: Element): boolean {
  return !!parentElement && (changed.has(parentElement) || isWithinChanged(parentElement));
}
