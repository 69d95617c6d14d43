import type { Language } from '../../../font-service/pack/face-meta.ts';
import type { BenchResults, BenchRow } from '../replay/bench-results.ts';
import { formatBarTable } from './bar-table.ts';
import { barsOfBytes, scaleOfBytes } from './bytes-bars.ts';
import { chooseLeads, chooseScenario, isSameScenario, languagesOf } from './choose-rows.ts';
import { type Html, html } from './html.ts';
import { formatLanguageHeading } from './language-heading.ts';
import { describeScenario } from './words.ts';

/** The chart of bytes by delivery and language. */
export function formatBytesSection(results: BenchResults): Html {
  const scenario = chooseScenario(results);
  const rows = results.results.filter((row) => isSameScenario(row, scenario));
  return html`<section aria-labelledby="bytes">
<h2 id="bytes">What a visitor transfers</h2>
<p>${describeScenario(scenario)}; means of ${describeSessions(rows)} a language. Each bar is all that comes over the network in the whole session: <b class="key-full">font files</b>, and <b class="key-light">all else</b>: stylesheets, scripts, HTTP headers. In kB of 1,000 bytes, as compressed for transfer; headers are estimated. Each language has a scale of its own; a bar that is torn is longer than its column.</p>
<div class="panels">
${languagesOf(rows).map((language) => formatPanel(language, rows))}</div>
</section>
`;
}

function describeSessions(rows: readonly BenchRow[]): string {
  const counts = rows.map(({ sessions }) => sessions);
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  return fewest === most ? `${most} ${most === 1 ? 'session' : 'sessions'}` : `${fewest} to ${most} sessions`;
}

function formatPanel(language: Language, rows: readonly BenchRow[]): Html {
  const leads = chooseLeads(rows.filter(({ lang }) => lang === language));
  const table = formatBarTable({
    caption: 'Bytes and requests of a session',
    heads: ['Delivery', 'Bytes', 'Requests'],
    bars: barsOfBytes(leads),
    scale: scaleOfBytes(leads),
  });
  return html`<section class="panel ${language}">
${formatLanguageHeading(language)}
${table}</section>
`;
}
