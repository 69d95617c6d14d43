import { BRIDGE_PATH } from '../platform/protocol.ts';

/** The hub, which the bridge may have to run itself. */
export const HUB_SCRIPT = '/hub.js';

/** What pages of other sites load to get at their fonts. */
export const PAGE_FILES: readonly string[] = [
  BRIDGE_PATH,
  HUB_SCRIPT,
  '/typecase.js',
  '/connect.js',
  '/connect-worker.js',
  '/fall-through.js',
];

/** The cache of these files. */
export const PAGE_CACHE = 'typecase-pages';
