const SVG = 'http://www.w3.org/2000/svg';

/** The strokes of 正 in the order of the brush; five make the character with which East Asia counts. */
const strokes = ['M3 4h18', 'M12 4v16', 'M12 11.5h7.5', 'M6 11v9', 'M2 20h20'] as const;

/** Splits a count into whole characters and the strokes of the last one: 13 is [5, 5, 3]. At most `most` characters. */
export function splitTally(count: number, most: number): readonly number[] {
  const shown = Math.min(Math.max(Math.floor(count), 0), most * strokes.length);
  const whole = Math.floor(shown / strokes.length);
  const rest = shown % strokes.length;
  return [...Array<number>(whole).fill(strokes.length), ...(rest > 0 ? [rest] : [])];
}

/** Draws a count as tally marks, the last ones where there are more than `most` characters. */
export function createTallyMarks(count: number, most: number): readonly SVGElement[] {
  return splitTally(count, most).map(createMark);
}

function createMark(strokeCount: number): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'tally-mark');
  svg.setAttribute('aria-hidden', 'true');
  for (const stroke of strokes.slice(0, strokeCount)) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', stroke);
    svg.append(path);
  }
  return svg;
}
