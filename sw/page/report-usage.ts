import { encodeGaps } from '../../font-service/codepoints/gap-coding.ts';
import { PLANNED } from './face.ts';
import { facesOfPage } from './faces-of-page.ts';
import { script } from './own-script.ts';
import { codepointsOf } from './parts.ts';
import { typecase } from './progress.ts';

/** Of so many page views one is reported, where the author says nothing else (`data-usage`). */
const SHARE = 0.05;

/**
 * Tells the service, once, when the page goes, which codepoints of deltas each face has drawn: no address, no order, no
 * name. By chance, and never where the visitor or the author asks not to.
 */
export function reportUsage(): void {
  const { doNotTrack, globalPrivacyControl } = navigator as Navigator & { readonly globalPrivacyControl?: boolean };
  // No number is less than one that `off` is not.
  if (globalPrivacyControl || doNotTrack === '1' || !(Math.random() < Number(script?.dataset['usage'] ?? SHARE)))
    return;
  document.addEventListener(
    'visibilitychange',
    () => {
      for (const { origin, face, build, places, shown } of facesOfPage.values()) {
        const set = codepointsOf(shown).filter((codepoint) => (places[codepoint] as number) >= PLANNED);
        const files = [0, 0] as [stored: number, fetched: number];
        for (const font of typecase.fonts) if (font.face === face) files[font.isStored ? 0 : 1]++;
        const report = { version: 1, face, build, pages: [encodeGaps(set)], files };
        if (set.length) navigator.sendBeacon(`${origin}/v1/usage`, JSON.stringify(report));
      }
    },
    { once: true },
  );
}
