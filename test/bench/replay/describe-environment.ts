import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { cpus, type as osType, release, totalmem } from 'node:os';
import { PIPELINE_VERSION } from '../../../font-service/pack/ingest/pipeline-version.ts';
import { projectRoot } from '../../../server/cli/project-root.ts';
import type { BenchResults } from './bench-results.ts';

/** What makes files that are compared: their versions decide sizes. */
const PACKAGES = [
  'subset-font',
  'harfbuzzjs',
  'wawoff2',
  'fontkit',
  '@expo-google-fonts/noto-sans-jp',
  '@fontsource/noto-sans-jp',
];

/** By name, the versions of what decides sizes. */
export function readVersions(): Readonly<Record<string, string>> {
  const versions = PACKAGES.map((name) => [name, versionOf(name)] as const);
  const own = {
    node: process.versions.node,
    brotli: process.versions['brotli'] ?? '',
    pipeline: String(PIPELINE_VERSION),
  };
  return { typecase: versionOf(''), ...own, ...Object.fromEntries(versions) };
}

/** Not every package lets its description be required. */
function versionOf(name: string): string {
  const path = name === '' ? 'package.json' : `node_modules/${name}/package.json`;
  const { version } = JSON.parse(readFileSync(`${projectRoot}/${path}`, 'utf8')) as { readonly version: string };
  return version;
}

/** A short name of the versions, for what one set of them has made. */
export function keyOfVersions(versions: Readonly<Record<string, string>>): string {
  return createHash('sha1').update(JSON.stringify(versions)).digest('hex').slice(0, 10);
}

/** Describes this machine; `seconds` is how long the run took on it. */
export function describeEnvironment(
  versions: Readonly<Record<string, string>>,
  nowMs: number,
  seconds: number,
): BenchResults['environment'] {
  const cores = cpus();
  return {
    date: new Date(nowMs).toISOString().slice(0, 10),
    cpu: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    os: `${osType()} ${release()}`,
    seconds: Math.round(seconds),
    versions,
  };
}
