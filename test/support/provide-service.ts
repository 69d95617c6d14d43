import { rm } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { buildScripts } from '../../server/cli/build-scripts.ts';
import { ingestFonts } from '../../server/cli/ingest/ingest-fonts.ts';
import { createProgressDisplay } from '../../server/cli/ingest/progress-display.ts';
import { createServiceClient } from '../../server/cli/ingest/service-client.ts';
import { startLocalService } from '../../server/cli/local-service.ts';
import { projectRoot } from '../../server/cli/project-root.ts';
import { fontPath, quickJob } from './make-pack.ts';
import { createTemporaryServiceOptions } from './temporary-service-options.ts';

const FONTS = ['noto-sans-jp', 'noto-sans-kr', 'noto-sans-tc', 'noto-sans-sc'];

/** Starts the service in local workerd with all faces of the tests: `inject('servicePort')`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const options = await createTemporaryServiceOptions();
  const { port, adminToken, stateFolder } = options;
  await buildScripts(projectRoot);
  const service = await startLocalService(options);
  const teardown = async () => {
    await service.stop();
    await rm(stateFolder, { recursive: true });
  };
  try {
    const paths = [...FONTS.flatMap((name) => [fontPath(name), fontPath(name, '700Bold')]), fontPath('noto-serif-jp')];
    const client = createServiceClient(`http://127.0.0.1:${port}`, adminToken);
    const { refused } = await ingestFonts(paths.map(quickJob), client, createProgressDisplay(process.stderr));
    if (refused > 0) throw new Error('Not all fonts of the tests could be ingested; see above.');
  } catch (error) {
    await teardown();
    throw error;
  }
  project.provide('servicePort', port);
  project.provide('adminToken', adminToken);
  return teardown;
}

declare module 'vitest' {
  export interface ProvidedContext {
    readonly servicePort: number;
    readonly adminToken: string;
  }
}
