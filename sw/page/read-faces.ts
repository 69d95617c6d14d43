import { parseDeltaPlan } from '../../font-service/plan/delta-plan.ts';
import { type Face, placeBase, placePlan, type Suffix } from './face.ts';
import { parseFamilies } from './match-face.ts';

/** What is read of a CSSRule: of @font-face, and of the style rule that carries a plan. */
export type Rule = {
  readonly selectorText?: string | undefined;
  readonly style?: { getPropertyValue(name: string): string } | undefined;
};

const ADDRESS = /((https?:\/\/[^/]+)\/font\/([^/]+)\/([^/]+)\/)base-(\d+)(v?)/;

/** Reads the faces of a stylesheet, by where their files are; what is not of the service's making is passed over. */
export function readFaces(
  rules: Iterable<Rule>,
  isApplied: boolean,
  escapeId: (id: string) => string = CSS.escape,
): ReadonlyMap<string, Face> {
  const faces = new Map<string, Face>();
  for (const { selectorText, style } of rules) {
    const value = (name: string) => style?.getPropertyValue(name) ?? '';
    const address = ADDRESS.exec(value('src'));
    const [plan] = /[\w.,-]+/.exec(value('--typecase-plan')) ?? [];
    if (address) readBase(address, value, isApplied, faces);
    if (plan) readPlan(plan, `${selectorText}`.split(/,\s*/), faces.values(), escapeId);
  }
  return faces;
}

function readBase(
  address: RegExpExecArray,
  value: (name: string) => string,
  isApplied: boolean,
  faces: Map<string, Face>,
): void {
  // Each part of the pattern matches whenever it does.
  const [, folder, origin, face, build, base, suffix] = address as unknown as Address;
  const known = faces.get(folder) ?? {
    ...{ folder, origin, face, build, suffix, byCss: isApplied && suffix },
    family: parseFamilies(value('font-family'))[0] ?? '',
    weight: value('font-weight'),
    style: value('font-style'),
    display: value('font-display') as FontDisplay,
    ...{ bases: [], planned: [], singles: 0, places: new Uint32Array(0x110000) },
    ...{ shown: new Set(), brought: new Set(), isRunning: false },
  };
  placeBase(known, Number(base), value('unicode-range'));
  faces.set(folder, known);
}

type Address = readonly [
  text: string,
  folder: string,
  origin: string,
  face: string,
  build: string,
  base: string,
  suffix: Suffix,
];

function readPlan(text: string, ids: readonly string[], faces: Iterable<Face>, escapeId: (id: string) => string): void {
  const plan = parseDeltaPlan(text);
  for (const face of faces) if (ids.includes(escapeId(face.face))) placePlan(face, plan);
}
