import {
  type BenchResults,
  DELIVERIES,
  type DeliveryName,
  NETWORK_TYPES,
  type NetworkRow,
  type NetworkType,
} from '../replay/bench-results.ts';
import { chooseLeads, chooseScenario, isSameScenario } from './choose-rows.ts';
import { drawBar } from './draw-bar.ts';
import { type Html, html } from './html.ts';
import { formatScrollTable } from './scroll-table.ts';
import { DELIVERY_WORDS, describeScenario } from './words.ts';

/** What a page view costs at most, in the evaluation's unit. */
const MOST_COST = 1000;
const NETWORK_WORDS: Readonly<Record<NetworkType, string>> = {
  '2G': '2G',
  '3G': '3G',
  '4G': '4G',
  wifi: 'Wi-Fi',
  desktop: 'Desktop',
};

type Costs = { readonly delivery: DeliveryName; readonly byNetwork: readonly number[] };

/** The chart of network cost by network and delivery; nothing where no network was modelled. */
export function formatNetworkSection(results: BenchResults): Html | undefined {
  const scenario = chooseScenario(results);
  const rows = results.network.filter((row) => isSameScenario(row, scenario));
  if (rows.length === 0) return undefined;
  const costs = meanCosts(rows, scenario.sites * scenario.pagesPerSite);
  const scales = NETWORK_TYPES.map((_, index) => Math.max(1, ...costs.map(({ byNetwork }) => byNetwork[index] ?? 0)));
  return html`<section aria-labelledby="network">
<h2 id="network">What it costs the reader</h2>
<p>Bytes are not time, and requests cost as well. The <abbr title="World Wide Web Consortium">W3C</abbr>’s Progressive Font Enrichment evaluation made one figure of both: next to 0 where loading is hardly noticed, 500 where the fonts of a page view take 1.95 seconds, ${MOST_COST} at most. Here: ${describeScenario(scenario)}; the mean cost of a page view, everything counted, mean over the languages. Each network has a scale of its own.</p>
${formatScrollTable({
  caption: 'Cost of a page view, 0 to 1000, by network',
  heads: ['Delivery', ...NETWORK_TYPES.map((network) => NETWORK_WORDS[network])],
  rows: costs.map((row) => formatRow(row, scales)),
  look: 'costs',
})}
<p class="definition"><b>How it is counted.</b> The requests of a page view go in batches (a stylesheet before its fonts, for example). A batch takes one round trip, the time for the requests to go up and that for the answers to come down. Five speeds of each network are weighted 5, 20, 50, 20 and 5 %; cost(<i>t</i>) = 1000 ÷ (1 + e<sup>−<i>v</i></sup>), <i>v</i> = (11.5 ÷ 3.1)(<i>t</i> − 0.5 · 3.1 − 0.4), <i>t</i> in seconds.</p>
</section>
`;
}

/** The costs of a page view, means over the languages, of each delivery that was modelled. */
function meanCosts(rows: readonly NetworkRow[], views: number): readonly Costs[] {
  return DELIVERIES.flatMap((delivery) => {
    const [lead] = chooseLeads(rows.filter((row) => row.delivery === delivery));
    if (lead === undefined) return [];
    const same = rows.filter(
      (row) => row.delivery === delivery && row.grouped === lead.grouped && row.trained === lead.trained,
    );
    const costOf = (network: NetworkType) =>
      meanOf(same.filter((row) => row.network === network).map(({ cost }) => cost));
    return [{ delivery, byNetwork: NETWORK_TYPES.map((network) => costOf(network) / views) }];
  });
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function formatRow({ delivery, byNetwork }: Costs, scales: readonly number[]): Html {
  const { name, kind } = DELIVERY_WORDS[delivery];
  const cells = byNetwork.map(
    (cost, index) => html`<td>${cost.toFixed(cost < 99.5 ? 1 : 0)}${drawBar([cost], scales[index] ?? 1)}</td>`,
  );
  return html`<tr class="${kind}"><th scope="row">${name}</th>${cells}</tr>
`;
}
