/** What workerd's `nodejs_compat` gives of node:zlib and the service uses; @types/node would hide the platform's own types. */
declare module 'node:zlib' {
  export function brotliCompressSync(
    bytes: Uint8Array,
    options: { readonly params: Readonly<Record<number, number>> },
  ): Uint8Array<ArrayBuffer>;
  export const constants: {
    readonly BROTLI_PARAM_QUALITY: number;
    readonly BROTLI_PARAM_LGWIN: number;
    readonly BROTLI_PARAM_SIZE_HINT: number;
    readonly BROTLI_DEFAULT_WINDOW: number;
  };
}
