import type { DeliveryKey } from './bench-results.ts';
import type { Delivery, Visitor } from './delivery.ts';
import type { CountedRequest, PageView } from './page-view.ts';
import type { Session, SessionPage, SiteVisit } from './sample-session.ts';

/** A file that can be asked for. */
export type RemoteFile = { readonly path: string; readonly bytes: number };

/** What a delivery by plain CSS is. */
export type CachedDeliveryOptions = {
  readonly key: DeliveryKey;
  /** The stylesheet that pages embed; undefined where its one rule stands in the page itself, uncounted. */
  readonly stylesheet: RemoteFile | undefined;
  /** The font files that a page needs. */
  readonly fontsOf: (visit: SiteVisit, page: SessionPage, session: Session) => Promise<readonly RemoteFile[]>;
  /** Whether sites share the browser's HTTP cache, as they did until browsers partitioned it. */
  readonly isShared: boolean;
};

/**
 * Creates a delivery in which the browser loads files by CSS, and keeps them in its HTTP cache.
 *
 * The stylesheet is the first batch of a page that has it not; all fonts, known when text is laid out, are the next.
 */
export function createCachedDelivery({ key, stylesheet, fontsOf, isShared }: CachedDeliveryOptions): Delivery {
  return {
    key,
    startVisitor: (session): Visitor => {
      const cached = new Map<string, number>();
      let fontBytes = 0;
      return {
        view: async (visit, page): Promise<PageView> => {
          const partition = isShared ? '' : visit.key;
          const fetchNew = (kind: CountedRequest['kind'], { path, bytes }: RemoteFile, batch: number) => {
            const cacheKey = `${partition} ${path}`;
            if (cached.has(cacheKey)) return [];
            cached.set(cacheKey, bytes);
            if (kind === 'font') fontBytes += bytes;
            return [{ kind, path, bytes, batch }];
          };
          const sheets = stylesheet === undefined ? [] : fetchNew('css', stylesheet, 1);
          const fonts = await fontsOf(visit, page, session);
          return [...sheets, ...fonts.flatMap((font) => fetchNew('font', font, 2))];
        },
        storedBytes: () => fontBytes,
      };
    },
  };
}
