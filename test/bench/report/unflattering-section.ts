import type { BenchResults, UnflatteringCase } from '../replay/bench-results.ts';
import { formatBarTable } from './bar-table.ts';
import { barsOfBytes, scaleOfBytes } from './bytes-bars.ts';
import { chooseLeads, languagesOf } from './choose-rows.ts';
import { type Html, html } from './html.ts';
import { formatLanguageHeading } from './language-heading.ts';

/** The cases that are not in our favour; nothing where none was replayed. */
export function formatUnflatteringSection({ unflattering }: BenchResults): Html | undefined {
  if (unflattering.length === 0) return undefined;
  return html`<section aria-labelledby="unflattering">
<h2 id="unflattering">Where it helps little, or loses</h2>
<p>A benchmark made only of favourable cases is not a measurement. Bytes of the whole session, everything counted: <b class="key-full">font files</b>, and <b class="key-light">all else</b>.</p>
${unflattering.map(formatCase)}</section>
`;
}

function formatCase({ title, what, rows }: UnflatteringCase): Html {
  const inOneLanguage = languagesOf(rows).map((language) => ({
    heading: formatLanguageHeading(language),
    className: language,
    rows: rows.filter(({ lang }) => lang === language),
  }));
  const mixed = rows.filter(({ lang }) => lang === undefined);
  const parts =
    mixed.length === 0 ? inOneLanguage : [...inOneLanguage, { heading: undefined, className: 'mixed', rows: mixed }];
  return html`<section class="case">
<h3>${title}</h3>
<p>${what}</p>
<div class="panels">
${parts.map((part) => html`<div class="panel ${part.className}">${part.heading}${formatRows(title, part.rows)}</div>`)}</div>
</section>
`;
}

function formatRows(title: string, rows: UnflatteringCase['rows']): Html {
  const leads = chooseLeads(rows);
  return formatBarTable({
    caption: `${title}: bytes and requests`,
    heads: ['Delivery', 'Bytes', 'Requests'],
    bars: barsOfBytes(leads),
    scale: scaleOfBytes(leads),
  });
}
