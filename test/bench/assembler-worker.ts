import { assembleFont } from '../../font-service/assemble/assemble-font.ts';
import { parseSet } from '../../font-service/codepoints/set-encoding.ts';
import { type Pack, readPack } from '../../font-service/pack/pack.ts';
import { brotliAt } from './brotli-at.ts';

const packs = new Map<string, Pack>();

/** Runs in workerd: takes packs, and assembles a delta as often as asked. */
export default {
  async fetch(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === '/load') {
      const pack = readPack(new Uint8Array(await request.arrayBuffer()));
      packs.set(pack.meta.face, pack);
      return new Response('loaded');
    }
    const pack = packs.get(searchParams.get('face') ?? '');
    if (pack === undefined) return new Response('There is no such face.', { status: 404 });
    const set = parseSet(searchParams.get('set') ?? '');
    let bytes = 0;
    for (let count = Number(searchParams.get('count')); count > 0; count--) {
      bytes = (await assembleFont(pack, set, brotliAt(5))).length;
    }
    return new Response(String(bytes));
  },
};
