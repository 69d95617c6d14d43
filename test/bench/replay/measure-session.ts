import { type DeliveryKey, NETWORK_TYPES, type NetworkType, type TransferredBytes } from './bench-results.ts';
import type { Delivery } from './delivery.ts';
import { networkCostOf } from './network-cost.ts';
import { headerBytesOf, type PageView } from './page-view.ts';
import type { Session } from './sample-session.ts';

/** What one session cost by one delivery. */
export type SessionMeasure = {
  readonly key: DeliveryKey;
  readonly bytes: TransferredBytes;
  readonly requests: number;
  readonly fontRequests: number;
  /** Font files with their headers. */
  readonly fontTransferBytes: number;
  readonly storedBytes: number;
  /** The same after each site. */
  readonly storedAfterSites: readonly number[];
  readonly costs: Readonly<Record<NetworkType, { readonly all: number; readonly fonts: number }>>;
};

/** Replays a session by a delivery; all its requests beside. */
export async function replaySession(
  delivery: Delivery,
  session: Session,
): Promise<{ readonly views: readonly PageView[]; readonly measure: SessionMeasure }> {
  const visitor = delivery.startVisitor(session);
  const views: PageView[] = [];
  const storedAfterSites: number[] = [];
  for (const visit of session) {
    for (const page of visit.pages) views.push(await visitor.view(visit, page));
    storedAfterSites.push(visitor.storedBytes());
  }
  const requests = views.flat();
  const fonts = requests.filter(({ kind }) => kind === 'font');
  const bytes = transferredBytes(requests);
  const measure = {
    ...{ key: delivery.key, bytes, requests: requests.length, fontRequests: fonts.length },
    fontTransferBytes: transferredBytes(fonts).total,
    storedBytes: visitor.storedBytes(),
    ...{ storedAfterSites, costs: costsOf(views) },
  };
  return { views, measure };
}

function transferredBytes(requests: PageView): TransferredBytes {
  const sumOf = (wanted: string) =>
    requests.filter(({ kind }) => kind === wanted).reduce((sum, { bytes }) => sum + bytes, 0);
  const headers = requests.map(headerBytesOf).reduce((sum, { up, down }) => sum + up + down, 0);
  const [font, css, script] = [sumOf('font'), sumOf('css'), sumOf('script')];
  return { font, css, script, headers, total: font + css + script + headers };
}

function costsOf(views: readonly PageView[]): SessionMeasure['costs'] {
  const fonts = views.map((view) => view.filter(({ kind }) => kind === 'font'));
  const entries = NETWORK_TYPES.map((network) => {
    return [network, { all: networkCostOf(views, network), fonts: networkCostOf(fonts, network) }] as const;
  });
  return Object.fromEntries(entries) as SessionMeasure['costs'];
}
