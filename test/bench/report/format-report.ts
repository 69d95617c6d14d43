import { readFileSync } from 'node:fs';
import type { BenchResults } from '../replay/bench-results.ts';
import { formatBytesSection } from './bytes-section.ts';
import { formatDefinitionsSection } from './definitions-section.ts';
import { formatEvaluationSection } from './evaluation-section.ts';
import { html } from './html.ts';
import { formatLearningSection } from './learning-section.ts';
import { formatNetworkSection } from './network-section.ts';
import { formatOpening } from './opening.ts';
import { formatScenariosSection } from './scenarios-section.ts';
import { formatStorageSection } from './storage-section.ts';
import { formatTargetsSection } from './targets-section.ts';
import { formatUnflatteringSection } from './unflattering-section.ts';

const css = { markup: readFileSync(new URL('report.css', import.meta.url), 'utf8') };

/**
 * Formats a run's results as one HTML page that needs nothing else: no script, no request.
 *
 * Results may come from files of others; all text in them is escaped, and the page's own policy allows nothing but its
 * stylesheet.
 * @throws Error where there is no row of results.
 */
export function formatReport(results: BenchResults): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>Typecase: what a shared type case saves</title>
<style>
${css}</style>
</head>
<body>
${formatOpening(results)}<main>
${formatBytesSection(results)}${formatStorageSection(results)}${formatNetworkSection(results)}${formatEvaluationSection(results)}${formatUnflatteringSection(results)}${formatScenariosSection(results)}${formatLearningSection(results)}${formatTargetsSection(results)}${formatDefinitionsSection(results)}</main>
<footer><p>Made by <code>npm run bench -- --seed ${results.seed} --sessions ${results.sessions}</code>. The same seed gives the same figures.</p></footer>
</body>
</html>
`.markup;
}
