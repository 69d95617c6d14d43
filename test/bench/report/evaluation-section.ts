import { type BenchResults, DELIVERIES, type NetworkRow } from '../replay/bench-results.ts';
import { chooseLeads, chooseScenario, isSameScenario, languagesOf } from './choose-rows.ts';
import { formatChange, formatChangeRange } from './format-figures.ts';
import { type Html, html } from './html.ts';
import { formatScrollTable } from './scroll-table.ts';
import { DELIVERY_WORDS, describeScenario, LANGUAGE_WORDS } from './words.ts';

/** What the W3C evaluation found for CJK, 4G, median change against the whole font. */
const EVALUATION = [
  { name: 'Patch Subset', bytes: -0.915, cost: -0.921 },
  { name: 'Range Request', bytes: -0.797, cost: -0.646 },
  { name: 'Unicode Range', bytes: -0.496, cost: -0.098 },
] as const;
const NETWORK = '4G';

/** The W3C Progressive Font Enrichment evaluation's table, and ours beside it; nothing where 4G was not modelled. */
export function formatEvaluationSection(results: BenchResults): Html | undefined {
  const scenario = chooseScenario(results);
  const rows = results.network.filter((row) => row.network === NETWORK && isSameScenario(row, scenario));
  if (rows.length === 0) return undefined;
  return html`<section aria-labelledby="evaluation">
<h2 id="evaluation">Beside the W3C’s evaluation</h2>
<p>The W3C’s Progressive Font Enrichment evaluation replayed sequences of page views with the methods that led to Incremental Font Transfer. Here stands what it found beside what this run found, by the same model and, as there, of font files and their headers only. Pages, sessions and fonts are not the same: compare orders of magnitude, not decimals.</p>
${formatScrollTable({
  caption: `Median change against the whole font on ${NETWORK}; below 0 is saved`,
  heads: ['Method', 'Bytes', 'Network cost'],
  rows: [
    html`<tr class="group"><th scope="rowgroup" colspan="3">W3C evaluation, CJK</th></tr>`,
    ...EVALUATION.map(({ name, bytes, cost }) => formatRow(name, 'other', formatChange(bytes), formatChange(cost))),
    html`<tr class="group"><th scope="rowgroup" colspan="3">This run: ${describeScenario(scenario)}; lowest to highest of ${languagesOf(
      rows,
    )
      .map((language) => LANGUAGE_WORDS[language].english)
      .join(', ')}</th></tr>`,
    ...DELIVERIES.filter((delivery) => delivery !== 'whole-font').flatMap((delivery) =>
      formatOurs(rows.filter((row) => row.delivery === delivery)),
    ),
  ],
})}
<p class="definition"><b>How it is counted.</b> For every session its bytes (or its summed cost) ÷ those of the same session with the whole font − 1; of these the median over sessions. Unicode Range is what Google Fonts does; ours of the same kind are “${DELIVERY_WORDS.slices.name}” and “${DELIVERY_WORDS['typecase-noscript'].name}”. Patch Subset makes one font grow, and keeps kerning between all of its glyphs; Typecase’s deltas are fonts beside one another.</p>
</section>
`;
}

function formatOurs(rows: readonly NetworkRow[]): readonly Html[] {
  const [lead] = chooseLeads(rows);
  if (lead === undefined) return [];
  const same = rows.filter(({ grouped, trained }) => grouped === lead.grouped && trained === lead.trained);
  const { name, kind } = DELIVERY_WORDS[lead.delivery];
  const bytes = formatChangeRange(same.map((row) => row.fontBytesMedianChange));
  return [formatRow(name, kind, bytes, formatChangeRange(same.map((row) => row.fontOnlyMedianChange)))];
}

function formatRow(name: string, kind: string, bytes: string, cost: string): Html {
  return html`<tr class="${kind}"><th scope="row">${name}</th><td>${bytes}</td><td>${cost}</td></tr>
`;
}
