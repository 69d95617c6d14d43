/** What wrangler.toml and vitest.config.ts bind. */
declare namespace Cloudflare {
  interface Env {
    readonly FONTS: R2Bucket;
    readonly ASSETS: Fetcher;
    readonly ADMIN_TOKEN: string;
    readonly LEDGER: DurableObjectNamespace<import('../../../server/worker.ts').FaceLedger>;
  }
}

/** What the tests use of workerd's node:zlib. */
declare module 'node:zlib' {
  export function brotliCompressSync(bytes: Uint8Array): Uint8Array<ArrayBuffer>;
  export function brotliDecompressSync(bytes: Uint8Array): Uint8Array<ArrayBuffer>;
}

declare module '*.md?raw' {
  const text: string;
  export default text;
}
