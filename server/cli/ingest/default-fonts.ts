import { createRequire } from 'node:module';
import type { Language } from '../../../font-service/pack/face-meta.ts';
import type { IngestJob } from './job.ts';

const require = createRequire(import.meta.url);

const FAMILIES: readonly (readonly [string, string, Language])[] = [
  ['noto-sans-jp', 'NotoSansJP', 'ja'],
  ['noto-sans-kr', 'NotoSansKR', 'ko'],
  ['noto-sans-tc', 'NotoSansTC', 'zh-Hant'],
  ['noto-sans-sc', 'NotoSansSC', 'zh-Hans'],
];
/** A slice is made once and sent to many. */
export const BEST_QUALITY = 11;

const STYLES = ['400Regular', '700Bold'];

/** The fonts of the local service, from their npm packages: Noto Sans JP, KR, TC and SC in regular and bold. */
export function defaultFonts(): readonly Omit<IngestJob, 'knownBuilds'>[] {
  return FAMILIES.flatMap(([packageName, fileName, language]) =>
    STYLES.map((style) => ({
      path: require.resolve(`@expo-google-fonts/${packageName}/${style}/${fileName}_${style}.ttf`),
      family: undefined,
      weights: undefined,
      language,
      sliceQuality: BEST_QUALITY,
    })),
  );
}
