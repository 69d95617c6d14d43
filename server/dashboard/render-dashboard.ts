import { html, raw } from 'hono/html';
import { rateOf, type Stats, sumSavings, type UsageFigures } from '../stats.ts';
import { DASHBOARD_STYLE } from './dashboard-style.ts';
import { CASE_WIDTH } from './draw-case.ts';
import { addHours, drawHours } from './draw-hours.ts';
import { formatBytes, formatCount, formatShare, formatTime } from './format-figures.ts';
import { type FaceView, renderFace } from './render-face.ts';

/** A page, and the text of its one style element, which its policy names by hash. */
export type Dashboard = { readonly page: string; readonly style: string };

/** Renders the dashboard; no script, and nothing from elsewhere. */
export async function renderDashboard(stats: Stats, faces: readonly FaceView[]): Promise<Dashboard> {
  const style = DASHBOARD_STYLE + faces.flatMap(({ compartments }) => compartments.map(styleOfCompartment)).join('');
  const answering = stats.faces.flatMap(({ usage }) => (usage === undefined ? [] : [usage]));
  const page = await html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Typecase: dashboard</title>
<style>${raw(style)}</style>
<header class="top"><h1><span>■</span> Typecase</h1><p class="quiet">${formatTime(stats.atMs)} UTC · ${formatCount(stats.faces.length)} faces · <a href="/v1/stats">figures as JSON</a></p></header>
<main>
${renderFigures(answering)}
<section class="asked" aria-labelledby="asked"><h2 id="asked">Font requests by hour</h2>
${drawHours(addHours(answering.map(({ hours }) => hours)))}
<p class="axis"><span>48 hours ago</span><span>now</span></p>
<ul class="legend"><li><i class="delta"></i>deltas<li><i class="slice"></i>slices<li><i class="base"></i>bases</ul></section>
${faces.map(renderFace)}
</main>
<footer><ul class="legend"><li><i class="ramp"></i>not seen, then ever more pages; each step of colour is twice the share of pages
<li><i class="edge"></i>edge cache<li><i class="best"></i>recompressed<li><i class="made"></i>made for the request</ul>
<p>A cell is a codepoint of the face, in Unicode’s order; it has colour when enough sites have shown it. Counts are of the last 30 days.
Savings are the least that can be shown: slices that pages would have loaded in place of their first deltas, less the bytes of all deltas,
once the ledgers have read them, after half a minute.
Requests that ask not to be observed are in no figure.</p></footer>
</html>`;
  return { page: String(page), style };
}

/** The ratio stands before the picture is decoded; a small compartment is not blown up. */
function styleOfCompartment({ id, cells, use, width, height }: FaceView['compartments'][number]): string {
  const size = `inline-size:${((width / CASE_WIDTH) * 100).toFixed(2)}%;aspect-ratio:${width}/${height}`;
  return `#${id}{${size};mask-image:url(${cells})}#${id} i{mask-image:url(${use})}\n`;
}

function renderFigures(usages: readonly UsageFigures[]) {
  const sum = (figure: (usage: UsageFigures) => number) => usages.reduce((total, usage) => total + figure(usage), 0);
  const requests = (kind: 'base' | 'slice' | 'delta') => sum((usage) => usage.requests[kind].total);
  const total = requests('base') + requests('slice') + requests('delta');
  const edge = sum(({ requests }) => requests.base.edge + requests.slice.edge + requests.delta.edge);
  const stored = sum(({ observed }) => observed.stored);
  const saved = sumSavings(usages.map((usage) => usage.saved)).bytes;
  return html`<dl class="figures">
<div class="first${saved === null ? ' unknown' : ''}"><dt>Saved against slices, at least</dt><dd>${saved === null ? 'not known yet' : formatBytes(saved)}</dd></div>
<div><dt>Font requests</dt><dd>${formatCount(total)}</dd></div>
<div><dt>From the edge cache</dt><dd>${formatShare(rateOf(edge, total))}</dd></div>
<div><dt>Stored by clients</dt><dd>${formatShare(rateOf(stored, stored + sum(({ observed }) => observed.fetched)))}</dd></div>
<div><dt>Pages counted</dt><dd>${formatCount(sum(({ observed }) => observed.counted))}</dd></div>
</dl>`;
}
