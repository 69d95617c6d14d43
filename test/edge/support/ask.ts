import { SELF } from 'cloudflare:test';

/** The origin that the tests reach the service at. */
export const ORIGIN = 'http://fonts.example';

/** What the tests send besides a path. */
export type AskInit = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: BodyInit;
  /** What the client accepted, before the platform put its own in place: `request.cf.clientAcceptEncoding`. */
  readonly clientAcceptEncoding?: string;
};

/** The request that `ask` sends. */
export function requestOf(path: string, { clientAcceptEncoding, ...init }: AskInit = {}): Request {
  const cf = clientAcceptEncoding === undefined ? {} : { cf: { clientAcceptEncoding } };
  return new Request(new URL(path, ORIGIN), { ...init, ...cf } as RequestInit);
}

/** Asks the service, through wrangler.toml's real bindings. */
export function ask(path: string, init?: AskInit): Promise<Response> {
  return SELF.fetch(requestOf(path, init));
}
