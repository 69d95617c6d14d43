import type { RawPage } from './raw-chromium-page.ts';

/** What reading a page costs its main thread. */
export type ScanCost = {
  readonly characters: number;
  readonly elements: number;
  /** Of each reading so far, the page's first one first; styles that have not been computed are part of it. */
  readonly scansMs: readonly number[];
  /** Of a plain walk over all text nodes that gathers codepoints, and reads no style; the quickest of a few. */
  readonly walkMs: number;
};

/** Measures what the page's client has spent on reading; entries `typecase:scan` of the performance timeline. */
export function measureScanCost(page: RawPage): Promise<ScanCost> {
  return page.evaluate(() => {
    const walk = () => {
      const startMs = performance.now();
      const seen = new Set<number>();
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      let characters = 0;
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (const character of (node as Text).data) seen.add(character.codePointAt(0) ?? 0);
        characters += (node as Text).data.length;
      }
      return { characters, walkMs: performance.now() - startMs };
    };
    const walks = [walk(), walk(), walk(), walk(), walk()];
    return {
      characters: walks[0]?.characters ?? 0,
      elements: document.querySelectorAll('*').length,
      scansMs: performance.getEntriesByName('typecase:scan').map(({ duration }) => duration),
      walkMs: Math.min(...walks.map(({ walkMs }) => walkMs)),
    };
  });
}

/** Prints a cost. */
export function printScanCost({ characters, elements, scansMs, walkMs }: ScanCost): void {
  const firstMs = Math.max(...scansMs);
  const perTenThousandMs = (firstMs / characters) * 10_000;
  console.log(
    `typecase:scan: ${firstMs.toFixed(1)} ms for ${characters} characters in ${elements} elements,`,
    `${perTenThousandMs.toFixed(1)} ms per 10,000; ${(firstMs / walkMs).toFixed(1)} plain walks (${walkMs.toFixed(2)} ms)`,
  );
}
