import type { FontStore } from './font-store.ts';
import { gatherFonts } from './gather-fonts.ts';
import { MAX_ASKS_UNDER_WAY } from './limits.ts';
import type { FontLoader } from './load-font.ts';
import { type FontAnswer, parseAsk } from './protocol.ts';

/**
 * Answers what a page asks over a port, from a store and the network; a message that is none gets no answer.
 *
 * What a page asks to keep is stored only by the store of its own site: other sites must not get a page's bytes.
 */
export function servePort(port: MessagePort, store: FontStore, loader: FontLoader, isShared: boolean): void {
  let underWay = 0;
  port.onmessage = async ({ data }) => {
    const ask = parseAsk(data);
    if (!ask || underWay === MAX_ASKS_UNDER_WAY) return;
    underWay++;
    if (ask.ask !== 'keep') {
      const fonts = await gatherFonts(ask, store, loader);
      const answer: FontAnswer = { id: ask.id, fonts };
      port.postMessage(
        answer,
        fonts.map(({ bytes }) => bytes),
      );
    } else if (!isShared && !(await store.list(ask)).has(ask.file)) await store.put(ask, ask.bytes);
    underWay--;
  };
}
