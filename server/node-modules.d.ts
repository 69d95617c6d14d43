/** What workerd's `nodejs_compat` gives of Node and the service uses; @types/node would hide the platform's own types. */
declare module 'node:zlib' {
  export function brotliCompressSync(
    bytes: Uint8Array,
    options: { readonly params: Readonly<Record<number, number>> },
  ): Uint8Array<ArrayBuffer>;
  export function deflateSync(bytes: Uint8Array): Uint8Array<ArrayBuffer>;
  export const constants: {
    readonly BROTLI_PARAM_QUALITY: number;
    readonly BROTLI_PARAM_LGWIN: number;
    readonly BROTLI_PARAM_SIZE_HINT: number;
    readonly BROTLI_DEFAULT_WINDOW: number;
  };
}

declare module 'node:crypto' {
  type Digest = { readUInt32BE(offset: number): number };
  type Hmac = { update(text: string): Hmac; digest(): Digest };
  export function createHmac(algorithm: 'sha256', key: Uint8Array): Hmac;
}
