import { env } from 'cloudflare:test';
import { readPack } from '../../../font-service/pack/pack.ts';
import { type AskInit, ask } from './ask.ts';

/** The request that uploads a body, with the right token unless `headers` say otherwise. */
export function uploadOf(body: BodyInit, headers: Readonly<Record<string, string>> = {}): AskInit {
  return { method: 'PUT', headers: { Authorization: `Bearer ${env.ADMIN_TOKEN}`, ...headers }, body };
}

/** Uploads a pack to the face that it is of. */
export function uploadPack(pack: Uint8Array<ArrayBuffer>): Promise<Response> {
  return ask(`/v1/admin/faces/${readPack(pack).meta.face}`, uploadOf(pack));
}
