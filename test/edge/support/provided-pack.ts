import { inject } from 'vitest';
import type { ProvidedPackName } from '../../support/small-faces.ts';

/** A pack that Node made before the tests began; a new copy each time. */
export function providedPack(name: ProvidedPackName): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(inject(name)), (character) => character.charCodeAt(0));
}
