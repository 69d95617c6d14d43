import { html, raw } from 'hono/html';
import { rateOf, type Stats, sumSavings, type UsageFigures } from '../stats.ts';
import { DASHBOARD_STYLE } from './dashboard-style.ts';
import { CASE_WIDTH } from './draw-case.ts';
import { addHours, drawHours, mostOf } from './draw-hours.ts';
import { formatBytes, formatCount, formatShare, formatTime } from './format-figures.ts';
import { type FaceView, renderFace } from './render-face.ts';

/** A page, and the text of its one style element, which its policy names by hash. */
export type Dashboard = { readonly page: string; readonly style: string };

/** Renders the dashboard; no script, and nothing from elsewhere. */
export async function renderDashboard(stats: Stats, faces: readonly FaceView[]): Promise<Dashboard> {
  const style = DASHBOARD_STYLE + faces.flatMap(({ compartments }) => compartments.map(styleOfCompartment)).join('');
  const answering = stats.faces.flatMap(({ usage }) => (usage === undefined ? [] : [usage]));
  const hours = addHours(answering.map((usage) => usage.hours));
  const page = await html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Typecase: dashboard</title>
<style>${raw(style)}</style>
<header class="top"><h1><span>■</span> Typecase</h1><p class="quiet">${formatTime(stats.atMs)} UTC · ${formatCount(stats.faces.length)} ${stats.faces.length === 1 ? 'face' : 'faces'} · <a href="/v1/stats">figures as JSON</a></p></header>
<main>
${renderFigures(answering)}
<section class="asked" aria-labelledby="asked"><h2 id="asked">Font requests by hour <span class="quiet">${formatCount(mostOf(hours))} at most in one</span></h2>
${drawHours(hours)}
<p class="axis"><span>48 hours ago</span><span>now</span></p>
<ul class="legend"><li><i class="delta"></i>deltas<li><i class="slice"></i>slices<li><i class="base"></i>bases</ul></section>
<section class="key" aria-label="Key"><ul class="legend"><li><b>Cells</b><li><i class="ramp"></i>not seen, then ever more pages; each step of colour is twice the share of pages</ul>
<ul class="legend"><li><b>Answered from</b><li><i class="edge"></i>the edge cache<li><i class="best"></i>the store, recompressed<li><i class="made"></i>the pack, as it stands there or made for the request</ul></section>
${faces.map(renderFace)}
${renderOthers(stats, faces)}
</main>
<footer><p>A cell is a codepoint of the face, in Unicode’s order; it has colour when enough sites have shown it. Counts are of the last 30 days, but page views
counted, which are of all time; one counts once for each of its faces.
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

/** Faces that the page has no room for, or that were not asked for. */
function renderOthers(stats: Stats, shown: readonly FaceView[]) {
  const others = stats.faces.filter(({ face }) => !shown.some(({ figures }) => figures.face === face));
  const links = others.map(
    ({ face, family, weight }) => html` <a href="/dashboard?face=${face}">${family} ${weight}</a>`,
  );
  return others.length === 0 ? '' : html`<nav class="others" aria-label="Other faces"><b>Other faces</b>${links}</nav>`;
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
<div><dt>Page views counted</dt><dd>${formatCount(sum(({ observed }) => observed.counted))}</dd></div>
</dl>`;
}
