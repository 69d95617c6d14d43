import { createElement } from '../../../panel/create-element.ts';
import { type Counts, countOf } from '../counts.ts';
import { createTallyMarks } from '../tally-marks.ts';

type Totals = Readonly<Record<string, Counts>>;

const POLL_MS = 3000;
const MOST_MARKS = 10;
const numbers = new Intl.NumberFormat('en');

/** Asks for the totals every few seconds while the page is seen, and draws them with tally marks. */
export function startTotalsDemo(table: Element, state: Element): void {
  const refresh = async () => {
    if (document.visibilityState !== 'visible') return;
    try {
      const response = await fetch('/totals');
      if (!response.ok) throw new Error(`The server answers ${response.status}.`);
      drawTotals(table, await response.json());
      state.textContent = '';
    } catch {
      state.textContent = 'The server cannot be reached now. The numbers go on when it can; nothing is lost meanwhile.';
    }
  };
  document.addEventListener('visibilitychange', () => void refresh());
  addEventListener('online', () => void refresh());
  setInterval(() => void refresh(), POLL_MS);
  void refresh();
}

function drawTotals(table: Element, totals: Totals): void {
  for (const row of table.querySelectorAll<HTMLElement>('[data-origin]')) {
    const counts = totals[row.dataset['origin'] ?? ''] ?? {};
    for (const cell of row.querySelectorAll<HTMLElement>('[data-event]')) {
      drawCount(cell, countOf(counts, cell.dataset['event'] ?? ''));
    }
  }
}

function drawCount(cell: HTMLElement, count: number): void {
  if (cell.dataset['count'] === String(count)) return;
  cell.dataset['count'] = String(count);
  cell.replaceChildren(
    createElement('b', '', numbers.format(count)),
    createElement('span', 'marks', ...createTallyMarks(count, MOST_MARKS)),
  );
}
