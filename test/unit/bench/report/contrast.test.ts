import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../../bench/report/report.css', import.meta.url), 'utf8');
const [light, dark] = [...css.matchAll(/:root \{([^}]*)\}/g)].map(([, rules = '']) => coloursOf(rules));

function coloursOf(rules: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...rules.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
  );
}

/** @see WCAG 2.2, relative luminance */
function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrastOf(a: string, b: string): number {
  const [darker = 0, lighter = 0] = [luminanceOf(a), luminanceOf(b)].sort((x, y) => x - y);
  return (lighter + 0.05) / (darker + 0.05);
}

describe.each([
  ['light', light!],
  ['dark', dark!],
])('the report’s %s colours', (_, colours) => {
  it.each(['ink', 'quiet', 'ours', 'ja', 'ko', 'hant', 'hans'])('let %s be read on the ground', (name) => {
    expect(contrastOf(colours[name]!, colours['ground']!)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['tile-ja', 'tile-ko', 'tile-hant', 'tile-hans'])('let white be read on %s', (name) => {
    expect(contrastOf('#ffffff', colours[name]!)).toBeGreaterThanOrEqual(4.5);
  });

  it('let bars and lines of others be seen on the ground', () => {
    expect(contrastOf(colours['other']!, colours['ground']!)).toBeGreaterThanOrEqual(3);
  });
});
