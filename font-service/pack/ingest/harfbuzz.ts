import { convert } from 'fontverter';
import subsetFont from 'subset-font';
import { TypecaseError } from '../../errors.ts';

/** How to subset; `text` names the codepoints, none with `keepAllGlyphs`. */
export type SubsetOptions = {
  readonly text: string;
  readonly keepAllGlyphs?: boolean;
  readonly keepFeatures?: readonly string[];
  readonly variationAxes?: Readonly<Record<string, number>>;
  readonly preserveNameIds?: readonly number[];
};

const MAX_REASON_CHARACTERS = 160;

/**
 * Subsets a font with HarfBuzz to plain TrueType, without hinting.
 *
 * @param font a TrueType or WOFF2 file.
 * @throws TypecaseError `bad-font` where HarfBuzz or the WOFF2 decoder refuses it.
 */
export async function subsetWithHarfBuzz(
  font: Uint8Array<ArrayBuffer>,
  { text, ...options }: SubsetOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  return reportRefusal('HarfBuzz cannot read the font', async () => {
    const subset = await subsetFont(asBuffer(font), text, { ...options, noHinting: true, targetFormat: 'truetype' });
    return new Uint8Array(subset);
  });
}

/** Packs a TrueType file as WOFF2, brotli at its best. @throws TypecaseError `bad-font` where the encoder refuses it. */
export async function convertToWoff2(font: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return reportRefusal('the font cannot be packed as WOFF2', () =>
    afterOthers(async () => new Uint8Array(await convert(asBuffer(font), 'woff2'))),
  );
}

let lastEncoding: Promise<unknown> = Promise.resolve();

/** The encoder answers with a view of its memory, which a call beside it overwrites before it is copied: one at a time. */
function afterOthers<T>(run: () => Promise<T>): Promise<T> {
  const encoding = lastEncoding.then(run);
  lastEncoding = encoding.catch(() => undefined);
  return encoding;
}

/** The libraries tell formats apart by Buffer's own methods. */
function asBuffer(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

async function reportRefusal<T>(what: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    const reason = (cause instanceof Error ? cause.message : String(cause)).slice(0, MAX_REASON_CHARACTERS);
    throw new TypecaseError('bad-font', `The font cannot be served: ${what} (${reason}).`);
  }
}
