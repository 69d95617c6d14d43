/** The service as its operator reaches it. */
export type ServiceClient = {
  /** Builds of all faces that are served now. */
  listBuilds(): Promise<readonly string[]>;
  /** Uploads a pack; throws with what the service says where it refuses. */
  upload(face: string, pack: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Has the ledgers do what is due, as cron does where the service is deployed. */
  tick(): Promise<void>;
};

type Catalogue = { readonly families: readonly { readonly faces: readonly { readonly build: string }[] }[] };

/** Creates a client of the service at an origin, like `http://fonts.localhost:8787`. */
export function createServiceClient(origin: string, token: string): ServiceClient {
  const at = (path: string) => new URL(path, resolveLocalhost(origin));
  return {
    listBuilds: async () => {
      const response = await request(at('/v1/families'));
      const { families } = (await response.json()) as Catalogue;
      return families.flatMap(({ faces }) => faces.map(({ build }) => build));
    },
    upload: async (face, pack) => {
      const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/octet-stream' };
      await request(at(`/v1/admin/faces/${face}`), { method: 'PUT', headers, body: pack });
    },
    tick: async () => {
      await request(at('/v1/admin/tick'), { method: 'POST', headers: { Authorization: `Bearer ${token}` } });
    },
  };
}

/** Names below .localhost are the loopback address, but not every resolver knows. @see RFC 6761, section 6.3 */
function resolveLocalhost(origin: string): string {
  const url = new URL(origin);
  if (url.hostname.endsWith('.localhost')) url.hostname = '127.0.0.1';
  return url.href;
}

async function request(url: URL, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, init).catch((cause: unknown) => {
    const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : String(cause);
    throw new Error(
      `The service at ${url.origin} cannot be reached (${reason}). Start it with npm start, or name it with --url.`,
    );
  });
  if (response.ok) return response;
  const problem = (await response.json().catch(() => ({}))) as { readonly detail?: string };
  throw new Error(`${url.origin} answers ${response.status}: ${problem.detail ?? response.statusText}`);
}
