/// <reference lib="webworker" />
import { startService } from './worker/service.ts';

/** For a service's own worker, which is bundled with it: connect-worker.js without the client's side. */
if (!('connect' in navigator)) startService();
