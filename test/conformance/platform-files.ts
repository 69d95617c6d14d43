import { readFile } from 'node:fs/promises';
import { projectRoot } from '../../server/cli/project-root.ts';

/** The built platform library: what services and sites serve of it. A file that is not built is an empty text. */
export type PlatformFiles = {
  readonly connectJs: string;
  readonly connectWorkerJs: string;
  readonly bridgeHtml: string;
};

/** Reads the platform library as the build has left it. */
export async function readPlatformFiles(): Promise<PlatformFiles> {
  const read = (name: string) => readFile(`${projectRoot}/dist/assets/${name}`, 'utf8').catch(() => '');
  const [connectJs, connectWorkerJs, bridgeHtml] = await Promise.all(
    ['connect.js', 'connect-worker.js', 'bridge.html'].map(read),
  );
  return { connectJs: connectJs ?? '', connectWorkerJs: connectWorkerJs ?? '', bridgeHtml: bridgeHtml ?? '' };
}
