import { build } from 'esbuild';
import { codepointSetOf } from '../../font-service/codepoints/codepoint-set.ts';
import { parseUnicodeRange } from '../../font-service/codepoints/unicode-range.ts';
import { parseFontPath } from '../../font-service/font-url.ts';
import { formatDeltaPlan } from '../../font-service/plan/delta-plan.ts';
import { describeSimpleGlyph, squareAt } from './glyph-descriptions.ts';
import type { Answer, Origin, OriginServer } from './origin-server.ts';
import { makeTinyFont } from './tiny-font.ts';

/**
 * What every face of the service covers. Base 0 is what all pages need, base 1 kana, base 2 combining marks; deltas have
 * kana and ideographs, of which those from U+5000 on come in groups of four.
 */
const BASES = ['U+20-7E,U+3001,U+3002,U+30FC', 'U+3041-3096', 'U+300-303'];
const COMMON = codepointSetOf([...parseUnicodeRange('U+3041-3096'), ...parseUnicodeRange('U+4E00-4E3F')]);
const PLAN = formatDeltaPlan({ tiers: [COMMON, parseUnicodeRange('U+5000-500F')] });
const BUILD = '0123456789';

/** Faces by id: family and weight. */
const FACES: Readonly<Record<string, readonly [family: string, weight: string]>> = {
  'one-400': ['One', '400'],
  'one-700': ['One', '700'],
  'two-400': ['Two, too', '400'],
};

const HEADERS = { 'Access-Control-Allow-Origin': '*', 'Timing-Allow-Origin': '*', 'Cache-Control': 'max-age=600' };

/** A font service without packs: its fonts are all the same, so what counts is what is asked for. */
export type DeltaService = {
  readonly origin: string;
  /** Fonts asked for since the last call, as `one-400 base-0` or `one-400 一丁丂`, sorted. */
  takeAsked(): readonly string[];
  /** How many they are. */
  countAsked(): number;
  /** What it answers for fonts. */
  readonly answer: Answer;
  /** Answers for fonts; undefined brings the service's own answer back. */
  answerFontsWith(answer: Answer | undefined): void;
};

/** Adds the service, with its stylesheet at `/css2` and the page's client at `/typecase.js`. */
export async function addDeltaService(server: OriginServer): Promise<DeltaService> {
  const font = { headers: HEADERS, body: makeFont() };
  let answer: Answer | undefined;
  const service: Origin = server.addOrigin('fonts', {
    '/css2': ({ url }) => ({
      headers: { ...HEADERS, 'Content-Type': 'text/css' },
      body: formatSheet(service.origin, url.searchParams.get('display') ?? 'swap'),
    }),
    '/typecase.js': { headers: HEADERS, body: await bundle('sw/page/typecase.ts') },
    '/any.woff2': font,
    '*': ({ url }) => (url.pathname.startsWith('/font/') ? (answer ?? font) : undefined),
  });
  return {
    origin: service.origin,
    answer: font,
    takeAsked: () => {
      const paths = service.requests().map(({ path }) => path);
      service.reset();
      return paths
        .filter((path) => path.startsWith('/font/'))
        .map(describePath)
        .sort();
    },
    countAsked: () => service.requests().length,
    answerFontsWith: (given) => {
      answer = given;
    },
  };
}

function describePath(path: string): string {
  const { face, file } = parseFontPath(path);
  if (file.kind === 'delta') return `${face} ${String.fromCodePoint(...file.set)}`;
  return `${face} ${path.replace(/^.*\/|\.woff2$/g, '')}`;
}

function formatSheet(origin: string, display: string): string {
  const rules = Object.entries(FACES).flatMap(([id, [family, weight]]) =>
    BASES.map(
      (range, base) => `@font-face { font-family: '${family}'; font-style: normal; font-weight: ${weight};
        font-display: ${display}; unicode-range: ${range};
        src: url(${origin}/font/${id}/${BUILD}/base-${base}.woff2) format('woff2'); }`,
    ),
  );
  return `${rules.join('\n')}\n${Object.keys(FACES)}{--typecase-plan:"${PLAN}"}`;
}

/** A font of the letter A, which browsers take. */
function makeFont(): Uint8Array<ArrayBuffer> {
  const glyph = describeSimpleGlyph({ contours: [squareAt(0, 0, 500)] });
  return makeTinyFont({ glyphs: [glyph, glyph], cmap: new Map([[0x41, 1]]) });
}

/** Bundles a script as the build does, but for its size. */
async function bundle(source: string): Promise<string> {
  const { outputFiles } = await build({ entryPoints: [source], bundle: true, write: false, format: 'iife' });
  return outputFiles[0]?.text ?? '';
}
