import type { PortsClient } from '../conformance/ports-client.ts';
import type { World } from '../conformance/world.ts';

/** What workers have told on the broadcast channel `handled`, in order, however often they died. */
export type HandledObserver = {
  /** What the service's worker has handled, once that is so much that fits, or after 8 s. */
  byService(prefix: string, count: number): Promise<readonly unknown[]>;
  /** What the client's own worker has handled. */
  byWorker(prefix: string, count: number): Promise<readonly unknown[]>;
};

declare global {
  interface Window {
    handled: { readonly from: string; readonly data: unknown }[];
  }
}

const WITNESS = `<!doctype html><script>
new BroadcastChannel('handled').onmessage = ({ data }) => parent.postMessage({ handled: data }, '*');
parent.postMessage('ready', '*');
</script>`;

/**
 * Opens a page of the client's site, but of another origin, with a frame of each worker's origin that listens.
 *
 * Being of the same site it shares the workers' partition; being of another origin it is no window of the client.
 */
export async function observeHandled(
  world: World,
  { site, service }: PortsClient,
  isWorkerWatched: boolean,
): Promise<HandledObserver> {
  for (const origin of [site, service]) origin.setRoute('/witness.html', { body: WITNESS });
  const [siteLabel = ''] = new URL(site.origin).hostname.split('.localhost');
  const observer = world.server.addOrigin(`observer.${siteLabel}`, { '/': { body: '<!doctype html>' } });
  const page = await world.openPage(observer);
  await page.evaluate(
    async (origins) => {
      window.handled = [];
      const isReady = new Promise<void>((resolve) => {
        let ready = 0;
        addEventListener('message', ({ data, origin }) => {
          if (data === 'ready' && ++ready === origins.length) resolve();
          if (data.handled !== undefined) window.handled.push({ from: origin, data: data.handled });
        });
      });
      for (const origin of origins) {
        const frame = document.createElement('iframe');
        frame.src = `${origin}/witness.html`;
        document.body.append(frame);
      }
      await isReady;
    },
    isWorkerWatched ? [site.origin, service.origin] : [service.origin],
  );
  const read = (from: string, prefix: string, count: number) =>
    page.evaluate(
      async (...[origin, start, wanted]) => {
        const find = () =>
          window.handled
            .filter((one) => one.from === origin)
            .flatMap(({ data }) => Object.values(data as Record<string, string>).slice(0, 1))
            .filter((text) => text.startsWith(start));
        for (let tries = 0; tries < 400 && new Set(find()).size < wanted; tries++) {
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
        return find();
      },
      from,
      prefix,
      count,
    );
  return {
    byService: (prefix, count) => read(service.origin, prefix, count),
    byWorker: (prefix, count) => read(site.origin, prefix, count),
  };
}
