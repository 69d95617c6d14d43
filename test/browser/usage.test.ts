import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { codepointSetOfText } from '../../font-service/codepoints/codepoint-set.ts';
import { encodeGaps } from '../../font-service/codepoints/gap-coding.ts';
import { parseUsageReport } from '../../font-service/usage/usage-report.ts';
import { startOriginServer } from '../support/origin-server.ts';
import { type LabPageOptions, openPageLab, type PageLab, waitUntilReady } from '../support/page-lab.ts';
import { launchRawChromium } from '../support/raw-chromium.ts';

/** Keeps what is sent, and says that the page has been hidden. */
const HEAD = `<script>
  const told = [];
  navigator.sendBeacon = (url, body) => told.push(url + ' ' + body);
  function hide() { document.dispatchEvent(new Event('visibilitychange', { bubbles: true })); return told; }
</script>`;

let lab: PageLab;

beforeAll(async () => {
  lab = await openPageLab();
});
afterAll(() => lab.close());
afterEach(async () => expect(await lab.clear()).toEqual([]));

async function tellOf(body: string, options: LabPageOptions): Promise<readonly string[]> {
  const page = await lab.open(body, { ...options, head: HEAD + (options.head ?? '') });
  await waitUntilReady(page);
  const hide = () => (Reflect.get(window, 'hide') as () => string[])();
  await page.evaluate(hide);
  return page.evaluate(hide);
}

describe('a page that goes', () => {
  it('tells once what a face has drawn of what deltas have, and nothing else', async () => {
    const told = await tellOf('丁ab一\u5001', { usage: '1' });
    expect(told.length).toBe(1);
    const [url, body = ''] = told[0]?.split(' ') ?? [];
    expect(url).toBe(`${lab.service.origin}/v1/usage`);
    expect(JSON.parse(body)).toEqual({
      version: 1,
      face: 'one-400',
      build: parseUsageReport(body).build,
      pages: [encodeGaps(codepointSetOfText('一丁\u5001'))],
      files: [0, 2],
    });
  });

  it.each([
    ['the author says off', { usage: 'off' }],
    ['its chance is none', { usage: '0' }],
    ['the visitor’s browser sends GPC', { usage: '1', head: '<script>navigator.globalPrivacyControl = true</script>' }],
    [
      'the visitor’s browser sends DNT',
      { usage: '1', head: `<script>Object.defineProperty(navigator, 'doNotTrack', { value: '1' })</script>` },
    ],
    ['it has drawn nothing of it', { usage: '1', text: 'ab' }],
  ])(
    'tells nothing where %s',
    async (_, { text = '一丁', ...options }: LabPageOptions & { readonly text?: string }) => {
      expect(await tellOf(text, options)).toEqual([]);
    },
  );
});

describe('a report', () => {
  it('reaches the ledger of its face when the visitor leaves', async () => {
    const fonts = `http://fonts.localhost:${inject('servicePort')}`;
    const server = await startOriginServer();
    const chromium = await launchRawChromium({ thirdPartyCookies: 'blocked' });
    const { origin } = server.addOrigin('leaving', {
      '/': {
        body: `<!doctype html><meta charset=utf-8>
          <link rel=stylesheet crossorigin media=typecase href="${fonts}/css2?family=Noto+Serif+JP&delivery=delta">
          <script async crossorigin src="${fonts}/typecase.js" data-usage=1></script>
          <body style="font-family: 'Noto Serif JP'">活字の棚`,
      },
    });
    try {
      const page = await chromium.newPage(`${origin}/`);
      await waitUntilReady(page);
      await page.goto('about:blank');
      expect(await reportsOf('noto-serif-jp-400')).toEqual({ reports: 1, pages: 1 });
    } finally {
      await chromium.close();
      await server.close();
    }
  });
});

/** Waits for the first: figures are held for some seconds, and nobody is told when a beacon has come. */
async function reportsOf(face: string): Promise<unknown> {
  type Figures = { readonly face: string; readonly usage: { readonly observed: { reports: number; pages: number } } };
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${inject('servicePort')}/v1/stats`);
    const { faces } = (await answer.json()) as { readonly faces: readonly Figures[] };
    const { reports = 0, pages = 0 } = faces.find((figures) => figures.face === face)?.usage.observed ?? {};
    if (reports > 0) return { reports, pages };
    await delay(500);
  }
}
