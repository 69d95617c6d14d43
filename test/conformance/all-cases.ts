import { existsSync, readFileSync } from 'node:fs';
import { projectRoot } from '../../server/cli/project-root.ts';
import type { ConformanceCase } from './case-definition.ts';
import { connectCases } from './cases/connect.ts';
import { fallThroughCases } from './cases/fall-through.ts';
import { installHeadersCases } from './cases/install-headers.ts';
import { portsCases } from './cases/ports.ts';
import { privacyCases } from './cases/privacy.ts';

/** A case that the conformance list asks for. */
type ListedCase = { readonly id: string; readonly setup: string };

/** A case to give a verdict on; without a definition it fails. */
export type WantedCase = { readonly id: string; readonly title: string; readonly definition?: ConformanceCase };

const LIST = `${projectRoot}/../shared/data/conformance.jsonl`;
const DEFINITIONS = [connectCases, portsCases, fallThroughCases, installHeadersCases, privacyCases].flat();

/** All cases in the order of the list, then those that only we define; without the list, only the latter. */
export function allCases(): readonly WantedCase[] {
  return joinCases(existsSync(LIST) ? parseList(readFileSync(LIST, 'utf8')) : [], DEFINITIONS);
}

function parseList(text: string): readonly ListedCase[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => JSON.parse(line) as ListedCase);
}

/** Joins listed cases and definitions by id; throws where two definitions share one. */
export function joinCases(
  listed: readonly ListedCase[],
  definitions: readonly ConformanceCase[],
): readonly WantedCase[] {
  const byId = new Map<string, ConformanceCase>();
  for (const definition of definitions) {
    if (byId.has(definition.id)) throw new Error(`The case ${definition.id} is defined twice.`);
    byId.set(definition.id, definition);
  }
  const ids = new Set([...listed.map(({ id }) => id), ...byId.keys()]);
  const setups = new Map(listed.map(({ id, setup }) => [id, setup]));
  return [...ids].map((id) => {
    const definition = byId.get(id);
    if (definition === undefined) return { id, title: setups.get(id) ?? '' };
    return { id, title: definition.title, definition };
  });
}
