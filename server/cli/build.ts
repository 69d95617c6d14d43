import { buildScripts } from './build-scripts.ts';
import { projectRoot } from './project-root.ts';

for (const { name, gzipBytes, budgetBytes } of await buildScripts(projectRoot)) {
  console.log(`${name}  ${gzipBytes} B gzip of ${budgetBytes}`);
}
