import { type BenchResults, DELIVERIES } from '../replay/bench-results.ts';
import { REQUEST_HEADER_BYTES, RESPONSE_HEADER_BYTES } from '../replay/page-view.ts';
import { formatBytes } from './format-figures.ts';
import { type Html, html } from './html.ts';
import { formatScrollTable } from './scroll-table.ts';
import { DELIVERY_WORDS, LANGUAGE_WORDS } from './words.ts';

const TERMS: readonly (readonly [string, string])[] = [
  [
    'Session',
    'One visitor with empty caches opens pages of some sites, one site after the other. Sites are drawn evenly, whatever their size; where a scenario has more sites than the traces, sites stand in for others, with pages not yet seen.',
  ],
  [
    'Bytes',
    'Bodies as transferred: WOFF2 as it is, stylesheets and scripts compressed. Files are really made and counted, by the planner, the client’s asking logic and the assembler that the service runs. Subsets and bounds have their one rule in the page itself, where it is not counted.',
  ],
  [
    'Headers',
    `An estimate of compressed HTTP headers: ${REQUEST_HEADER_BYTES} bytes and the path for every request, ${RESPONSE_HEADER_BYTES} for its answer.`,
  ],
  [
    'Requests',
    'All HTTP requests for stylesheets, scripts and fonts, those included that are answered “not modified”.',
  ],
  ['On disk', 'Font files in HTTP caches and stores at the session’s end; a file that is kept twice counts twice.'],
  [
    'Groups',
    'Rare characters are asked for in fours, for privacy. Every figure of Typecase’s script has them, unless “no groups” is written beside it.',
  ],
];

/** What every word means, what was replayed, and on what machine. */
export function formatDefinitionsSection(results: BenchResults): Html {
  return html`<section aria-labelledby="definitions">
<h2 id="definitions">What is counted, and how</h2>
<div class="definitions">
<div>
<h3>Deliveries</h3>
<dl>${DELIVERIES.map((delivery) => html`<dt class="${DELIVERY_WORDS[delivery].kind}">${DELIVERY_WORDS[delivery].name} <code>${delivery}</code></dt><dd>${DELIVERY_WORDS[delivery].what}</dd>`)}</dl>
</div>
<div>
<h3>Figures</h3>
<dl>${TERMS.map(([term, what]) => html`<dt>${term}</dt><dd>${what}</dd>`)}
<dt>Neighbouring pages</dt><dd>${Math.round(results.locality * 100)} % of steps within a site go to a neighbouring page, the others anywhere in the site.</dd></dl>
</div>
</div>
<h3>What was replayed</h3>
${formatScrollTable({
  caption: 'Traces and faces',
  heads: ['Language', { words: 'Traces' }, 'Sites', 'Pages', { words: 'Face' }, { words: 'Build' }, 'Whole font'],
  rows: results.traces.map(
    (
      trace,
    ) => html`<tr><th scope="row">${LANGUAGE_WORDS[trace.lang].english}</th><td class="words">${trace.source}</td><td>${trace.sites}</td><td>${trace.pages.toLocaleString('en')}</td><td class="words">${trace.face}</td><td class="words"><code>${trace.build}</code></td><td>${formatBytes(trace.wholeFontBytes)}</td></tr>
`,
  ),
})}
${formatMachine(results)}
</section>
`;
}

function formatMachine({ environment }: BenchResults): Html {
  const { cpu, cores, memoryGiB, os, seconds, versions } = environment;
  return html`<h3>Machine and versions</h3>
<p class="machine">${cpu}, ${cores} ${cores === 1 ? 'core' : 'cores'}, ${memoryGiB} GiB, ${os}. The run took ${Math.round(seconds)} seconds. Bytes and requests do not depend on the machine.</p>
<ul class="versions">${Object.entries(versions).map(([name, version]) => html`<li>${name} <b>${version}</b></li>`)}</ul>`;
}
