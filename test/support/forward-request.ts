import { request as forward } from 'node:http';
import { brotliCompressSync, brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { Answer, Handler } from './origin-server.ts';

/** Hop-by-hop headers, and those that the forwarding server writes itself. */
const OWN_HEADERS = ['connection', 'keep-alive', 'transfer-encoding', 'content-length'];

/**
 * Makes a handler that has a server on loopback answer, under the host name that the client asked for. A server that
 * speaks plain HTTP behind one that speaks TLS names itself with `http:`: its texts are corrected.
 */
export function forwardTo(port: number): Handler {
  return async (request) => {
    const answer = await ask(port, request);
    return request.url.protocol === 'https:' ? correctScheme(answer, request.url) : answer;
  };
}

function ask(port: number, { method, url, headers: sent }: Parameters<Handler>[0]): Promise<Answer> {
  const headers = Object.fromEntries(
    Object.entries({ ...sent, host: url.host }).filter(([name]) => !name.startsWith(':')),
  );
  return new Promise<Answer>((resolve, reject) => {
    const path = url.pathname + url.search;
    // A connection that is kept may be closed by the server in the moment of being used again.
    const options = { host: '127.0.0.1', port, method, path, headers, agent: false };
    const upstream = forward(options, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const kept = Object.entries(answer.headers).filter(([name]) => !OWN_HEADERS.includes(name));
        const headers = Object.fromEntries(kept.map(([name, value]) => [name, value ?? '']));
        resolve({ status: answer.statusCode ?? 502, headers, body: Buffer.concat(chunks) });
      });
    });
    upstream.on('error', reject);
    upstream.end();
  });
}

function correctScheme(answer: Answer, { host }: URL): Answer {
  const { body, headers = {} } = answer;
  if (!(body instanceof Uint8Array) || !String(headers['content-type']).startsWith('text/')) return answer;
  const decode = DECODERS.get(String(headers['content-encoding'])) ?? Buffer.from;
  const text = decode(body).toString().replaceAll(`http://${host}`, `https://${host}`);
  return { ...answer, headers: { ...headers, 'content-encoding': 'br' }, body: brotliCompressSync(text) };
}

const DECODERS = new Map([
  ['br', brotliDecompressSync],
  ['gzip', gunzipSync],
]);
