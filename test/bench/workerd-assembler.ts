import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { Miniflare } from 'miniflare';
import type { CodepointSet } from '../../font-service/codepoints/codepoint-set.ts';
import { formatSet } from '../../font-service/codepoints/set-encoding.ts';

/** Assembly as it runs in the service: in workerd, packs in memory. */
export type WorkerdAssembler = {
  load(pack: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Milliseconds a delta, the mean of `count` in a row less a request without any: workerd's own clock stands still. */
  timeMs(face: string, set: CodepointSet, count: number): Promise<number>;
  stop(): Promise<void>;
};

/** Starts workerd with the worker of this benchmark in it, on loopback. */
export async function startWorkerdAssembler(): Promise<WorkerdAssembler> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./assembler-worker.ts', import.meta.url))],
    ...{ bundle: true, write: false, format: 'esm', external: ['node:*'] },
  });
  const miniflare = new Miniflare({
    ...{ modules: true, script: outputFiles[0]?.text ?? '', host: '127.0.0.1', cf: false },
    ...{ compatibilityDate: '2026-04-01', compatibilityFlags: ['nodejs_compat'] },
  });
  const origin = await miniflare.ready;
  const call = (path: string, body?: Uint8Array) => callWorker(new URL(path, origin), body);
  const timeRequestMs = async (path: string) => {
    const startedMs = performance.now();
    await call(path);
    return performance.now() - startedMs;
  };
  return {
    load: async (pack) => {
      await call('/load', pack);
    },
    timeMs: async (face, set, count) => {
      const path = `/assemble?face=${face}&set=${formatSet(set)}&count=`;
      await call(`${path}1`);
      const emptyMs = await timeRequestMs(`${path}0`);
      return ((await timeRequestMs(`${path}${count}`)) - emptyMs) / count;
    },
    stop: () => miniflare.dispose(),
  };
}

/** A connection for each call: subset-font blocks this process longer than workerd keeps idle connections. */
function callWorker(url: URL, body: Uint8Array | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'PUT';
    const call = request(url, { method, agent: false }, (response) => {
      response.resume().once('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`The benchmark's worker answers ${response.statusCode}.`));
      });
    });
    call.once('error', reject).end(body);
  });
}
