declare module 'subset-font' {
  type SubsetFontOptions = {
    readonly targetFormat?: 'truetype' | 'sfnt' | 'woff' | 'woff2';
    readonly preserveNameIds?: readonly number[];
    readonly keepFeatures?: readonly string[];
    readonly variationAxes?: Readonly<Record<string, number>>;
    readonly noLayoutClosure?: boolean;
    readonly noHinting?: boolean;
    readonly keepAllGlyphs?: boolean;
  };
  function subsetFont(font: Uint8Array, text: string, options?: SubsetFontOptions): Promise<Uint8Array<ArrayBuffer>>;
  export = subsetFont;
}

declare module 'fontverter' {
  export function convert(
    font: Uint8Array,
    toFormat: 'truetype' | 'sfnt' | 'woff' | 'woff2',
  ): Promise<Uint8Array<ArrayBuffer>>;
}
