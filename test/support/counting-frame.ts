import type { Routes } from './origin-server.ts';

const WORKER = `let count = 0;
addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('message', (event) => event.ports[0].postMessage(++count));`;

const FRAME = `<!doctype html><script>
addEventListener('message', async (event) => {
  try {
    await navigator.serviceWorker.register('/sw.js');
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage('count', [event.ports[0]]);
  } catch (error) {
    event.ports[0].postMessage(String(error));
  }
});</script>`;

/** An origin whose worker counts in its memory: `/frame.html` passes a port on to it, and it answers with the count. */
export const COUNTING_ROUTES: Routes = {
  '/': { body: '<!doctype html>' },
  '/frame.html': { body: FRAME },
  '/sw.js': { body: WORKER },
};

/** Runs in a page: embeds the frame once and asks its worker for the next count. */
export async function countInFrame(frameUrl: string): Promise<unknown> {
  let frame = document.querySelector('iframe');
  if (frame === null) {
    frame = document.createElement('iframe');
    frame.src = frameUrl;
    const loaded = new Promise((resolve) => frame?.addEventListener('load', resolve));
    document.documentElement.append(frame);
    await loaded;
  }
  const { port1, port2 } = new MessageChannel();
  frame.contentWindow?.postMessage('count', '*', [port2]);
  return new Promise((resolve) => {
    port1.onmessage = (event) => resolve(event.data);
  });
}
