import {
  type BenchResults,
  DELIVERIES,
  NETWORK_TYPES,
  type NetworkRow,
  type NetworkType,
} from '../replay/bench-results.ts';
import { type Bar, formatBarTable } from './bar-table.ts';
import { chooseLeads, chooseScenario, isSameScenario } from './choose-rows.ts';
import { type Html, html } from './html.ts';
import { DELIVERY_WORDS, describeScenario } from './words.ts';

/** What a page view costs at most, in the evaluation's unit. */
const MOST_COST = 1000;

/** The chart of network cost by network and delivery; nothing where no network was modelled. */
export function formatNetworkSection(results: BenchResults): Html | undefined {
  const scenario = chooseScenario(results);
  const rows = results.network.filter((row) => isSameScenario(row, scenario));
  if (rows.length === 0) return undefined;
  const views = scenario.sites * scenario.pagesPerSite;
  return html`<section aria-labelledby="network">
<h2 id="network">What it costs the reader</h2>
<p>Bytes are not time, and requests cost as well. The <abbr title="World Wide Web Consortium">W3C</abbr>’s Progressive Font Enrichment evaluation turned both into one figure: 0 where nobody notices, 500 where the fonts of a page view take 1.95 seconds, ${MOST_COST} at most, where readers give up. Here: ${describeScenario(scenario)}; the mean cost of a page view, everything counted, mean over the languages.</p>
<div class="panels">
${NETWORK_TYPES.map((network) => formatPanel(network, rows, views))}</div>
<p class="definition"><b>How it is counted.</b> The requests of a page view go in batches (a stylesheet before its fonts, for example). A batch takes one round trip, the time for the requests to go up and that for the answers to come down. Five speeds of each network are weighted 5, 20, 50, 20 and 5 %; cost(<i>t</i>) = 1000 ÷ (1 + e<sup>−<i>v</i></sup>), <i>v</i> = (11.5 ÷ 3.1)(<i>t</i> − 0.5 · 3.1 − 0.4), <i>t</i> in seconds.</p>
</section>
`;
}

function formatPanel(network: NetworkType, all: readonly NetworkRow[], views: number): Html {
  const rows = all.filter((row) => row.network === network);
  const bars = DELIVERIES.flatMap((delivery) =>
    barOf(
      rows.filter((row) => row.delivery === delivery),
      views,
    ),
  );
  const table = formatBarTable({
    caption: `Cost of a page view on ${network}, 0 to ${MOST_COST}`,
    heads: ['Delivery', 'Cost'],
    bars,
    scale: MOST_COST,
  });
  return html`<section class="panel">
<h3>${network === 'wifi' ? 'Wi-Fi' : network === 'desktop' ? 'Desktop' : network}</h3>
${table}</section>
`;
}

/** The mean over the languages; no bar where no language has the delivery. */
function barOf(rows: readonly NetworkRow[], views: number): readonly Bar[] {
  const [lead] = chooseLeads(rows);
  if (lead === undefined) return [];
  const same = rows.filter(({ grouped, trained }) => grouped === lead.grouped && trained === lead.trained);
  const cost = same.reduce((sum, row) => sum + row.cost, 0) / same.length / views;
  const { name, kind } = DELIVERY_WORDS[lead.delivery];
  return [{ name, kind, parts: [cost], value: cost.toFixed(cost < 99.5 ? 1 : 0) }];
}
