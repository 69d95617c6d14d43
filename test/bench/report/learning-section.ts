import type { Language } from '../../../font-service/pack/face-meta.ts';
import { groupBy } from '../../../server/cli/group-by.ts';
import type { BenchResults, LearningPoint } from '../replay/bench-results.ts';
import { languagesOf } from './choose-rows.ts';
import { formatBytes, formatCount, formatTick } from './format-figures.ts';
import { type Html, html } from './html.ts';
import { formatLanguageHeading } from './language-heading.ts';
import { formatLineChart, type Line } from './line-chart.ts';
import { formatScrollTable } from './scroll-table.ts';
import { DELIVERY_WORDS, LANGUAGE_WORDS } from './words.ts';

/** The learning curve; nothing where no plan has learned. */
export function formatLearningSection({ learning }: BenchResults): Html | undefined {
  if (learning.length === 0) return undefined;
  return html`<section aria-labelledby="learning">
<h2 id="learning">What a plan learns</h2>
<p>Plans begin with priors, and learn from what is drawn. Here: kinds of sites that the priors did not know (literature, classical poetry, law, reviews), five pages that were not learned from; the bytes of the session, everything counted, after the plan has learned from so many page views of such sites.</p>
<div class="panels">
${languagesOf(learning).map((language) =>
  formatPanel(
    language,
    learning.filter(({ lang }) => lang === language),
  ),
)}</div>
</section>
`;
}

function formatPanel(language: Language, points: readonly LearningPoint[]): Html {
  const views = [...new Set(points.map(({ learnedViews }) => learnedViews))].sort((a, b) => a - b);
  const rows = [...points].sort((a, b) => a.learnedViews - b.learnedViews);
  return html`<section class="panel ${language}">
${formatLanguageHeading(language)}
${formatLineChart({
  alternative: `${LANGUAGE_WORDS[language].english}: bytes by page views learned from. The table below has the figures.`,
  xLabel: 'page views learned from (steps evenly spaced)',
  xTicks: views.map((_, index) => index),
  formatX: (index) => formatCount(views[index] ?? 0),
  formatY: formatTick,
  lines: linesOf(rows, views),
})}${formatScrollTable({
  caption: `${LANGUAGE_WORDS[language].english}: bytes and requests by page views learned from`,
  heads: ['Delivery', ...views.map(formatCount)],
  rows: [...groupBy(rows, nameOf)].map(([name, line]) => formatRow(name, line, views)),
})}</section>
`;
}

function linesOf(rows: readonly LearningPoint[], views: readonly number[]): readonly Line[] {
  const names = [...new Set(rows.map(nameOf))];
  return names.slice(0, 4).map((name, dash) => ({
    name,
    kind: 'ours',
    dash,
    points: rows
      .filter((row) => nameOf(row) === name)
      .map((row) => ({ x: views.indexOf(row.learnedViews), y: row.bytes.total })),
  }));
}

/** Points of a line differ in what they have learned, so that is no part of the name. */
function nameOf(row: LearningPoint): string {
  const variant = row.delivery === 'typecase-noscript' || row.grouped ? '' : ', no groups';
  return `${DELIVERY_WORDS[row.delivery].name}${variant}`;
}

function formatRow(name: string, line: readonly LearningPoint[], views: readonly number[]): Html {
  const cells = views.map((learnedViews) => {
    const point = line.find((candidate) => candidate.learnedViews === learnedViews);
    if (point === undefined) return html`<td>–</td>`;
    return html`<td>${formatBytes(point.bytes.total)}<small>${formatCount(point.requests)}<span class="spoken"> requests</span></small></td>`;
  });
  return html`<tr class="ours"><th scope="row">${name}</th>${cells}</tr>
`;
}
