import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy before the service that counts what reaches it: a cache hit is a request that does not. */
export type CountingProxy = {
  readonly origin: string;
  /** Paths requested since the last `reset`, in order. */
  requests(): readonly string[];
  reset(): void;
  close(): Promise<void>;
};

/** Starts a proxy on loopback under a host name of its own, like `fonts.localhost`; the service sees that host. */
export async function startCountingProxy(servicePort: number, hostName: string): Promise<CountingProxy> {
  let paths: string[] = [];
  const server = createServer((incoming, outgoing) => {
    paths.push(incoming.url ?? '');
    const { method, url, headers } = incoming;
    const options = { host: '127.0.0.1', port: servicePort, method, path: url, headers, agent: false };
    const upstream = forward(options, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    upstream.on('error', () => outgoing.destroy());
    incoming.pipe(upstream);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    origin: `http://${hostName}:${(server.address() as AddressInfo).port}`,
    requests: () => [...paths],
    reset: () => {
      paths = [];
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
