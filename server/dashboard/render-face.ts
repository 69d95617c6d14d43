import { html } from 'hono/html';
import type { FaceFigures, RequestFigures, UsageFigures } from '../stats.ts';
import type { Compartment } from './draw-case.ts';
import { formatAge, formatBytes, formatCount, formatShare, formatTime } from './format-figures.ts';

/** A face with its picture, whose masks the page's style names by `id`. */
export type FaceView = {
  readonly figures: FaceFigures;
  readonly compartments: readonly (Compartment & { readonly id: string })[];
};

const SHOWN_PLANS = 6;

/** Renders one face: its case, what is asked of it, its plans, its ledger. */
export function renderFace({ figures, compartments }: FaceView) {
  const { face, family, weight, style, language, coverage, build, usage } = figures;
  const name = `${family} ${weight}${style === 'italic' ? ' italic' : ''}`;
  return html`<section class="face" id="${face}" aria-labelledby="${face}-name">
<header><h2 id="${face}-name">${name}</h2><p class="quiet">${language} · ${formatCount(coverage)} codepoints · build ${build}</p></header>
${renderCase(compartments)}
${usage === undefined ? html`<p class="alarm">The ledger of this face does not answer. Its fonts are served all the same.</p>` : renderUsage(figures, usage)}
</section>`;
}

function renderCase(compartments: FaceView['compartments']) {
  if (compartments.length === 0)
    return html`<p class="empty">No page view of this face has been read yet; its case is drawn after the first. Slices do not tell what pages show.</p>`;
  return html`<div class="case">${compartments.map(
    ({ id, title, codepoints, seen }) => html`<figure>
<div class="cells" id="${id}" role="img" aria-label="${title}: ${formatCount(seen)} of ${formatCount(codepoints)} codepoints in use"><i></i></div>
<figcaption><b>${title}</b> ${formatCount(seen)} in use <span class="quiet">of ${formatCount(codepoints)}</span></figcaption>
</figure>`,
  )}</div>`;
}

function renderUsage({ plan }: FaceFigures, usage: UsageFigures) {
  const { requests, saved, observed, recompression, ledger, plans } = usage;
  return html`<div class="columns">
<div><h3>Asked for</h3>
<table><thead><tr><th>files<th class="n">requests<th class="share">answered from<th class="n">sent</thead>
<tbody>${renderRequests('deltas', requests.delta)}${renderRequests('slices', requests.slice)}${renderRequests('bases', requests.base)}</tbody></table>
<dl>
<div><dt>Edge cache<dd>${formatShare(usage.edgeHitRate)}</div>
<div><dt>Clients’ stores<dd>${formatShare(usage.clientHitRate)}</div>
<div><dt>Saved against slices, at least<dd>${formatBytes(saved.bytes)}</div>
</dl></div>
<div><h3>Plan ${plan.id}</h3>
${plan.source === 'priors' ? html`<p class="quiet">From the priors: usage has not changed it yet.</p>` : ''}${plans.length > 0 ? renderPlans(plans) : ''}
<dl>
<div><dt>Slices<dd>${formatCount(plan.slices)}</div>
<div><dt>Recompressed<dd>${formatCount(recompression.slices + recompression.deltas)}<span class="quiet"> ${savedShare(recompression)}</span></div>
<div><dt>Waiting for it<dd>${formatCount(recompression.waiting)}</div>
</dl></div>
<div><h3>Ledger</h3>
<dl>
<div><dt>Page views reported<dd>${formatCount(observed.pages)}</div>
<div><dt>Page views counted, ever<dd>${formatCount(observed.counted)}</div>
<div><dt>Given up, over the limit<dd>${formatCount(observed.dropped)}, ${formatCount(observed.limited)}</div>
<div><dt>Database<dd>${formatBytes(ledger.databaseBytes)}</div>
<div><dt>Snapshot, waiting<dd>${formatBytes(ledger.snapshotBytes)}, ${formatBytes(ledger.waitingBytes)}</div>
<div><dt>Salt’s age<dd>${formatAge(ledger.saltAgeMs)}</div>
</dl></div>
</div>`;
}

function renderRequests(kind: string, { total, edge, recompressed, made, bytes }: RequestFigures) {
  return html`<tr><th scope="row">${kind}<td class="n">${formatCount(total)}<td class="share">${renderBar(
    [
      ['edge', edge],
      ['best', recompressed],
      ['made', made],
    ],
    total,
  )}<td class="n">${formatBytes(bytes)}`;
}

function renderBar(parts: readonly (readonly [name: string, count: number])[], total: number) {
  let left = 0;
  const rects = parts.map(([name, count]) => {
    const width = total === 0 ? 0 : (count / total) * 100;
    left += width;
    return width > 0
      ? html`<rect class="${name}" x="${(left - width).toFixed(2)}" y="0" width="${width.toFixed(2)}" height="8"/>`
      : '';
  });
  const label = parts.map(([name, count]) => `${name} ${formatCount(count)}`).join(', ');
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="${label}"><rect class="track" width="100" height="8"/>${rects}</svg>`;
}

function renderPlans(plans: UsageFigures['plans']) {
  return html`<ol class="plans">${plans.slice(0, SHOWN_PLANS).map(
    ({
      id,
      publishedAtMs,
      pages,
      bytesBefore,
      bytesAfter,
    }) => html`<li><b>${id}</b> <time>${formatTime(publishedAtMs)}</time>
<span class="quiet">after ${formatCount(pages)} page views; slices and delta of a first view ${changeOf(bytesBefore, bytesAfter)}</span>`,
  )}</ol>`;
}

/** What a first view takes by slices and what it takes by a delta, in one sum: the planner makes that least. */
function changeOf(before: number, after: number): string {
  return before === 0 ? 'first' : `${formatBytes(before)} → ${formatBytes(after)}`;
}

function savedShare({ bytesBefore, bytesAfter }: UsageFigures['recompression']): string {
  return bytesBefore === 0 ? '' : `−${formatShare((bytesBefore - bytesAfter) / bytesBefore)}`;
}
