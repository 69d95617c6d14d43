import type { Language } from '../../../font-service/pack/face-meta.ts';
import type { BenchResults, StoredCurve } from '../replay/bench-results.ts';
import { chooseLeads, languagesOf } from './choose-rows.ts';
import { formatBytes, formatTick } from './format-figures.ts';
import { type Html, html } from './html.ts';
import { formatLanguageHeading } from './language-heading.ts';
import { formatLineChart, type Line } from './line-chart.ts';
import { formatScrollTable } from './scroll-table.ts';
import { DELIVERY_WORDS, LANGUAGE_WORDS } from './words.ts';

const SHOWN_SITES = [1, 5, 10, 20, 30];
/** The lines of the chart; the others are in the table. */
const DRAWN = ['slices', 'slices-shared', 'typecase-noscript', 'typecase-site', 'typecase-hub', 'optimum-hub'];

/** The chart of bytes on disk by the number of sites; nothing where they were not counted. */
export function formatStorageSection({ storedCurves }: BenchResults): Html | undefined {
  const curves = storedCurves.filter(({ bytes }) => bytes.length > 0);
  if (curves.length === 0) return undefined;
  return html`<section aria-labelledby="storage">
<h2 id="storage">The same font, once for every site</h2>
<p>The explainer begins with this complaint: fonts come from a few popular places, and yet every site makes the browser keep them anew. So, one page on each of up to 30 sites: the bytes of font files on disk. What rises in a straight line is kept again for every site; what flattens is shared. Whole fonts would leave the charts; the tables have them.</p>
<div class="panels">
${languagesOf(curves).map((language) => formatPanel(language, curves))}</div>
<p class="definition"><b>How it is counted.</b> Font files as they were transferred (WOFF2), in HTTP caches and in the stores of service workers, each as often as it is kept; nothing is evicted. Typecase’s files that come by script count twice: in a store, and in the HTTP cache of whoever fetched them. Means over sessions; where there are more sites than the traces have, sites stand in for others with pages not yet seen.</p>
</section>
`;
}

function formatPanel(language: Language, all: readonly StoredCurve[]): Html {
  const curves = chooseLeads(all.filter(({ lang }) => lang === language));
  const most = Math.max(...curves.map(({ bytes }) => bytes.length));
  const shown = SHOWN_SITES.filter((sites) => sites <= most);
  return html`<section class="panel ${language}">
${formatLanguageHeading(language)}
${drawCurves(language, curves, shown)}${formatScrollTable({
  caption: `${LANGUAGE_WORDS[language].english}: bytes of font files on disk, by the number of sites`,
  heads: ['Delivery', ...shown.map((sites) => (sites === 1 ? '1 site' : `${sites} sites`))],
  rows: curves.map((curve) => formatRow(curve, shown)),
})}</section>
`;
}

function drawCurves(language: Language, curves: readonly StoredCurve[], shown: readonly number[]): Html | undefined {
  const lines = curves.filter(({ delivery }) => DRAWN.includes(delivery)).map(lineOf);
  if (lines.length === 0) return undefined;
  const ends = curves.map(
    ({ delivery, bytes }) => `${DELIVERY_WORDS[delivery].name} ${formatBytes(bytes.at(-1) ?? 0)}`,
  );
  return formatLineChart({
    alternative: `${LANGUAGE_WORDS[language].english}: lines of bytes on disk; after ${shown.at(-1)} sites ${ends.join(', ')}. The table below has the figures.`,
    xLabel: 'sites visited, one page each',
    xTicks: shown,
    formatX: String,
    formatY: formatTick,
    lines,
  });
}

function lineOf({ delivery, bytes }: StoredCurve): Line {
  const { name, kind } = DELIVERY_WORDS[delivery];
  const dash = ['typecase-hub', 'slices', 'optimum-hub'].includes(delivery)
    ? 0
    : delivery === 'typecase-noscript'
      ? 2
      : 1;
  return { name, kind, dash, points: bytes.map((y, index) => ({ x: index + 1, y })) };
}

function formatRow({ delivery, bytes }: StoredCurve, shown: readonly number[]): Html {
  const { name, kind } = DELIVERY_WORDS[delivery];
  const cells = shown.map(
    (sites) => html`<td>${bytes[sites - 1] === undefined ? '–' : formatBytes(bytes[sites - 1] ?? 0)}</td>`,
  );
  return html`<tr class="${kind}"><th scope="row">${name}</th>${cells}</tr>
`;
}
