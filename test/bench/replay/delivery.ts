import type { DeliveryKey } from './bench-results.ts';
import type { PageView } from './page-view.ts';
import type { SessionPage, SiteVisit } from './sample-session.ts';

/** A visitor whose caches and stores are empty at first, and who gets fonts in one way. */
export interface Visitor {
  /** Views a page; resolves to what that transfers. */
  view(visit: SiteVisit, page: SessionPage): Promise<PageView>;
  /** Bytes of font files on the visitor's disk now; one that is there twice counts twice. */
  storedBytes(): number;
}

/** A way to deliver fonts. Which pages a visitor will see is known beforehand to optima only. */
export interface Delivery {
  readonly key: DeliveryKey;
  startVisitor(session: readonly SiteVisit[]): Visitor;
}
