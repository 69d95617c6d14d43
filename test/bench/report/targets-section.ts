import type { BenchResults, Target } from '../replay/bench-results.ts';
import { formatRatio } from './format-figures.ts';
import { type Html, html } from './html.ts';
import { formatScrollTable } from './scroll-table.ts';
import { DELIVERY_WORDS, describeScenario, describeVariant, LANGUAGE_WORDS } from './words.ts';

/** The design's figures and the distance to them; nothing where none was measured. */
export function formatTargetsSection({ targets }: BenchResults): Html | undefined {
  if (targets.length === 0) return undefined;
  const reached = targets.filter(({ isReached }) => isReached).length;
  return html`<section aria-labelledby="targets">
<h2 id="targets">What the design asks for</h2>
<p>${reached} of ${targets.length} figures are reached. Each is the total of a session, everything counted, ÷ that of the bound; font files alone beside it.</p>
${formatScrollTable({
  caption: 'Bytes against the bound',
  heads: ['Language', { words: 'Session' }, { words: 'Delivery' }, 'At most', 'Measured', 'Fonts alone', 'Reached'],
  rows: targets.map(formatRow),
})}
</section>
`;
}

function formatRow(target: Target): Html {
  const { delivery, against, limit, ratio, fontRatio, isReached } = target;
  return html`<tr class="${isReached ? 'reached' : 'missed'}"><th scope="row">${LANGUAGE_WORDS[target.lang].english}</th><td class="words">${describeScenario(target)}</td><td class="words">${DELIVERY_WORDS[delivery].name} <small>${describeVariant(target)}; against ${DELIVERY_WORDS[against].name.toLowerCase()}</small></td><td>${formatRatio(limit)}</td><td>${formatRatio(ratio)}</td><td>${formatRatio(fontRatio)}</td><td>${isReached ? '✓ yes' : '✗ no'}</td></tr>
`;
}
