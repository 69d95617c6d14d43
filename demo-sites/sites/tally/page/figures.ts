import { createElement } from '../../../panel/create-element.ts';

/** A line of a list of figures: its name, and its value as text or elements. */
export type FigureLine = readonly [name: string, value: string | Element, isBig?: 'big'];

/** Draws lines into a `dl`, replacing those before. */
export function showFigures(list: Element, lines: readonly FigureLine[]): void {
  list.replaceChildren(
    ...lines.flatMap(([name, value, isBig]) => [
      createElement('dt', '', name),
      createElement('dd', isBig === undefined ? '' : 'figure', value),
    ]),
  );
}

/** Spells a short duration: `0.8 ms`, `231 ms`. */
export function formatMilliseconds(durationMs: number): string {
  return `${durationMs < 10 ? durationMs.toFixed(1) : Math.round(durationMs)} ms`;
}

/** Spells an age in seconds. */
export function formatSeconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}
