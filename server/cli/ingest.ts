import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { LANGUAGES, type Language } from '../../font-service/pack/face-meta.ts';
import { BEST_QUALITY } from './ingest/default-fonts.ts';
import { ingestFonts } from './ingest/ingest-fonts.ts';
import { createProgressDisplay } from './ingest/progress-display.ts';
import { createServiceClient } from './ingest/service-client.ts';
import { adminTokenPath } from './state-paths.ts';

const USAGE = `npm run ingest -- FONT... [--family NAME] [--weights 400,700] [--lang ja|ko|zh-Hans|zh-Hant] [--url http://…] [--token …]

FONT      TTF, OTF or WOFF2 with glyf outlines; a variable font is instanced at each weight
--url     the service (default http://fonts.localhost:$PORT, PORT 8787)
--token   its secret ADMIN_TOKEN (default $TYPECASE_TOKEN, or that of the local service)`;

const OPTIONS = {
  family: { type: 'string' },
  weights: { type: 'string' },
  lang: { type: 'string' },
  url: { type: 'string', default: `http://fonts.localhost:${process.env['PORT'] ?? 8787}` },
  token: { type: 'string' },
} as const;

function parseWeights(text: string | undefined): readonly number[] | undefined {
  const weights = text?.split(',').map(Number);
  if (weights?.some((weight) => !Number.isInteger(weight) || weight < 1 || weight > 999)) {
    throw new Error(`--weights ${text} should be whole numbers from 1 to 999, separated by commas.`);
  }
  return weights;
}

function parseLanguage(text: string | undefined): Language | undefined {
  const language = LANGUAGES.find((candidate) => candidate === text);
  if (text !== undefined && language === undefined)
    throw new Error(`--lang ${text} should be one of ${LANGUAGES.join(', ')}.`);
  return language;
}

async function findToken(given: string | undefined): Promise<string> {
  const token =
    given ?? process.env['TYPECASE_TOKEN'] ?? (await readFile(adminTokenPath, 'utf8').catch(() => undefined));
  if (token === undefined)
    throw new Error('No token: name it with --token or TYPECASE_TOKEN, or start the service here once.');
  return token.trim();
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  if (positionals.length === 0) throw new Error('Name at least one font file.');
  const settings = {
    family: values.family,
    weights: parseWeights(values.weights),
    language: parseLanguage(values.lang),
  };
  const service = createServiceClient(values.url, await findToken(values.token));
  const jobs = positionals.map((path) => ({ path, sliceQuality: BEST_QUALITY, ...settings }));
  const { uploaded, known, refused } = await ingestFonts(jobs, service, createProgressDisplay(process.stderr));
  console.log(`${uploaded} faces ingested, ${known} were there already, ${refused} files refused.`);
  return refused === 0 ? 0 : 1;
}

process.exitCode = await main().catch((error: Error) => {
  console.error(`${error.message}\n\n${USAGE}`);
  return 2;
});
