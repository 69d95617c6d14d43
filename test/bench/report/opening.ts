import type { BenchResults, BenchRow, DeliveryName } from '../replay/bench-results.ts';
import { chooseLeads, chooseScenario, isSameScenario, languagesOf } from './choose-rows.ts';
import { formatBytes, formatRatio } from './format-figures.ts';
import { type Html, html } from './html.ts';
import { describeScenario, LANGUAGE_WORDS } from './words.ts';

const NUMBERS = ['No', 'One', 'Two', 'Three', 'Four'];

/** The head of the report: what was asked, and the answer in one table. */
export function formatOpening(results: BenchResults): Html {
  const scenario = chooseScenario(results);
  const rows = results.results.filter((row) => isSameScenario(row, scenario));
  return html`<header class="opening">
<div>
<h1>What a shared type case saves</h1>
<p class="lead">${describeScenario(scenario)}: what one visitor transfers by today’s slices, and what by Typecase.</p>
</div>
<dl class="asked">
<div><dt>Sessions</dt><dd>${results.sessions} a scenario and language</dd></div>
<div><dt>Seed</dt><dd>${results.seed}</dd></div>
<div><dt>Languages</dt><dd>${languagesOf(results.results)
    .map((language) => LANGUAGE_WORDS[language].english)
    .join(', ')}</dd></div>
<div><dt>Pages</dt><dd>${[...new Set(results.traces.map(({ source }) => source))].join(', ')}</dd></div>
<div><dt>Date</dt><dd>${results.environment.date}</dd></div>
</dl>
</header>
<ul class="answers" aria-label="${NUMBERS[languagesOf(rows).length] ?? 'Some'} languages">
${languagesOf(rows).map((language) => formatAnswer(rows.filter(({ lang }) => lang === language)))}</ul>
`;
}

function formatAnswer(all: readonly BenchRow[]): Html | undefined {
  const rows = chooseLeads(all);
  const totalOf = (delivery: DeliveryName) => rows.find((row) => row.delivery === delivery)?.bytes.total;
  const [slices, site, hub] = [totalOf('slices'), totalOf('typecase-site'), totalOf('typecase-hub')];
  const [row] = rows;
  if (slices === undefined || site === undefined || hub === undefined || row === undefined) return undefined;
  const { english, own } = LANGUAGE_WORDS[row.lang];
  return html`<li class="${row.lang}"><h2><span lang="${row.lang}">${own}</span> <small>${english}</small></h2>
<p class="ratio">${formatRatio(hub / slices)}</p>
<p>of the bytes of slices: <b>${formatBytes(slices)}</b> become <b>${formatBytes(hub)}</b> where sites share one store, and <b>${formatBytes(site)}</b> where each has its own.</p></li>
`;
}
