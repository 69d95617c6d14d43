import { createElement } from './create-element.ts';
import { createPanelView } from './create-panel-view.ts';
import { formatFaceName } from './face-name.ts';
import { type FontFile, type FontTiming, listFontFiles, sumFontFiles } from './font-files.ts';
import { listReportedFiles, mergeFontFiles, type PageClient } from './font-reports.ts';
import { figureSpecimen, formatBytes, nameSpecimen } from './format-figures.ts';
import { modeOf } from './panel-mode.ts';
import { startComparison } from './start-comparison.ts';
import { createVocabulary, hasPageClient, joinWords } from './vocabulary.ts';
import { type PanelWords, wordsFor } from './words.ts';

/** Text is read and compared when files have not changed for this long. */
const SETTLED_AFTER_MS = 300;

/** The page client, once it runs. */
function findClient(): PageClient | undefined {
  return (window as { readonly typecase?: PageClient }).typecase;
}

/**
 * Shows in a page which of the service's font files it has got, from where, and what the same text would have cost by
 * Google's slices; from the first file on, and whether the page client starts before this or after, or is not used.
 *
 * The section names the service in `data-font-service`; its child with `data-font-files` is drawn into, and the sum is
 * written into each `data-font-summary` of the page.
 */
function startPanel(section: HTMLElement, root: Element): void {
  const serviceOrigin = section.dataset['fontService'] ?? '';
  const words = wordsFor(document.documentElement.lang);
  const comparison = createElement('div', 'font-comparison');
  const compare = startComparison(comparison, words.comparison);
  const draw = createPanelView(root, comparison, words);
  if (hasPageClient()) section.append(createPanelVocabulary(words));
  // A worker that takes the page over later has not seen its first requests.
  const isControlled = Boolean(navigator.serviceWorker?.controller);
  const timings: FontTiming[] = [];
  let characters: number | undefined;

  const redraw = () => {
    const reported = listReportedFiles(findClient()?.fonts ?? [], serviceOrigin);
    const files = mergeFontFiles(listFontFiles(timings, serviceOrigin), reported);
    const mode = modeOf({ mode: findClient()?.mode, isAwaited: isClientAwaited(), isControlled });
    draw({ mode, files, characters });
    writeSummaries(files);
    return files;
  };
  const settle = debounce(SETTLED_AFTER_MS, async () => {
    characters = await compare(redraw());
    redraw();
  });
  const drawSoon = oncePerFrame(() => {
    redraw();
    settle();
  });
  observeTimings((entries) => {
    timings.push(...entries);
    if (listFontFiles(entries, serviceOrigin).length > 0) drawSoon();
  });
  for (const event of ['typecase:font', 'typecase:ready']) document.addEventListener(event, drawSoon);
  addEventListener('load', drawSoon);
  drawSoon();
}

function createPanelVocabulary(words: PanelWords): Element {
  const modeNames = Object.values(words.modes).map(([name]) => name);
  const bold = [
    ...modeNames,
    words.comparison.title,
    words.answers.hidden,
    figureSpecimen,
    formatFaceName('noto-sans-jp-kr-tc-sc'),
  ];
  return createVocabulary(joinWords(words) + figureSpecimen + nameSpecimen, bold.join(''));
}

/** A page client whose script has failed leaves the page to its stylesheet; it is not waited for beyond the load. */
function isClientAwaited(): boolean {
  return document.readyState !== 'complete' && hasPageClient();
}

function observeTimings(listen: (timings: readonly PerformanceResourceTiming[]) => void): void {
  const observer = new PerformanceObserver((list) => {
    listen(list.getEntriesByType('resource').filter((entry) => entry instanceof PerformanceResourceTiming));
  });
  observer.observe({ type: 'resource', buffered: true });
}

function writeSummaries(files: readonly FontFile[]): void {
  const sum = sumFontFiles(files);
  for (const summary of document.querySelectorAll('[data-font-summary]')) summary.textContent = formatBytes(sum.bytes);
}

function oncePerFrame(act: () => void): () => void {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      act();
    });
  };
}

function debounce(afterMs: number, act: () => Promise<void>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => void act(), afterMs);
  };
}

const section = document.querySelector<HTMLElement>('[data-font-service]');
const root = section?.querySelector('[data-font-files]');
if (section && root) startPanel(section, root);
