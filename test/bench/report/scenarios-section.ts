import type { Language } from '../../../font-service/pack/face-meta.ts';
import {
  type BenchResults,
  type BenchRow,
  DELIVERIES,
  type DeliveryKey,
  type Scenario,
} from '../replay/bench-results.ts';
import { isSameScenario, languagesOf } from './choose-rows.ts';
import { formatBytes, formatCount } from './format-figures.ts';
import { type Html, html } from './html.ts';
import { formatLanguageHeading } from './language-heading.ts';
import { formatScrollTable } from './scroll-table.ts';
import { DELIVERY_WORDS, describeScenario, describeVariant, LANGUAGE_WORDS } from './words.ts';

/** The table: every delivery and variant in every scenario, a table a language. */
export function formatScenariosSection(results: BenchResults): Html {
  const rows = results.results;
  return html`<section aria-labelledby="scenarios">
<h2 id="scenarios">Few sites or many, few pages or many</h2>
<p>The bytes of a whole session, everything counted, and below them the number of requests. <em>Groups</em>: rare characters are asked for four at a time, so that a request does not tell which of them a page shows. <em>Plan learned</em>: the plan has learned from sites other than those that are scored; else it is made of the priors that Typecase ships.</p>
${languagesOf(rows).map((language) => formatLanguage(language, rows))}</section>
`;
}

function formatLanguage(language: Language, all: readonly BenchRow[]): Html {
  const rows = all.filter(({ lang }) => lang === language);
  const scenarios = distinct(rows, isSameScenario);
  const keys = DELIVERIES.flatMap((delivery) =>
    distinct(
      rows.filter((row) => row.delivery === delivery),
      isSameKey,
    ),
  );
  const table = formatScrollTable({
    caption: `${LANGUAGE_WORDS[language].english}: bytes and requests of a session, by scenario`,
    heads: ['Delivery', ...scenarios.map(describeScenario)],
    rows: keys.map((key) => formatRow(key, scenarios, rows)),
  });
  return html`<div class="${language}">${formatLanguageHeading(language)}
${table}</div>
`;
}

function formatRow(key: DeliveryKey, scenarios: readonly Scenario[], rows: readonly BenchRow[]): Html {
  const { name, kind } = DELIVERY_WORDS[key.delivery];
  const cells = scenarios.map((scenario) => {
    const row = rows.find((candidate) => isSameKey(candidate, key) && isSameScenario(candidate, scenario));
    if (row === undefined) return html`<td>–</td>`;
    return html`<td>${formatBytes(row.bytes.total)}<small>${formatCount(row.requests)}<span class="spoken"> requests</span></small></td>`;
  });
  return html`<tr class="${kind}"><th scope="row">${name} <small>${describeVariant(key)}</small></th>${cells}</tr>
`;
}

function isSameKey(a: DeliveryKey, b: DeliveryKey): boolean {
  return a.delivery === b.delivery && a.grouped === b.grouped && a.trained === b.trained;
}

function distinct<Row>(rows: readonly Row[], isSame: (a: Row, b: Row) => boolean): readonly Row[] {
  return rows.filter((row, index) => rows.findIndex((other) => isSame(other, row)) === index);
}
