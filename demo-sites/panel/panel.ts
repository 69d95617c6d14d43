import { createPanelView } from './create-panel-view.ts';
import { type FontTiming, listFontFiles } from './font-files.ts';
import { wordsFor } from './words.ts';

/**
 * Shows in a page which of the service's font files it has loaded, from the first one on.
 *
 * The section names the service in `data-font-service`; its child with `data-font-files` is drawn into.
 */
function startPanel(section: HTMLElement, root: Element): void {
  const serviceOrigin = section.dataset['fontService'] ?? '';
  const draw = createPanelView(root, wordsFor(document.documentElement.lang));
  const timings: FontTiming[] = [];
  let isDrawing = false;

  const drawSoon = () => {
    if (isDrawing) return;
    isDrawing = true;
    requestAnimationFrame(() => {
      isDrawing = false;
      draw(listFontFiles(timings, serviceOrigin));
    });
  };
  const observer = new PerformanceObserver((list) => {
    timings.push(...list.getEntriesByType('resource').filter((entry) => entry instanceof PerformanceResourceTiming));
    drawSoon();
  });
  observer.observe({ type: 'resource', buffered: true });
  drawSoon();
}

const section = document.querySelector<HTMLElement>('[data-font-service]');
const root = section?.querySelector('[data-font-files]');
if (section && root) startPanel(section, root);
