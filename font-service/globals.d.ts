/** What every runtime of the service has (Node, workerd, browsers) and the core may use besides the language itself. */
/** @see https://url.spec.whatwg.org/#interface-urlsearchparams */
declare class URLSearchParams {
  constructor(text?: string);
  get(name: string): string | null;
  getAll(name: string): string[];
}
declare class TextDecoder {
  constructor(label?: string, options?: { readonly fatal?: boolean });
  decode(bytes: Uint8Array): string;
}
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}

/** Ingest runs in Node alone; of its globals this is the one that the libraries ask for. */
declare const Buffer: {
  from(buffer: ArrayBuffer, byteOffset: number, length: number): Uint8Array<ArrayBuffer>;
};
