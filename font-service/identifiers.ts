import { TypecaseError } from './errors.ts';

declare const brand: unique symbol;

/** A static instance of a font, like `noto-sans-jp-400` or `noto-sans-700-italic`; at most 80 characters. */
export type FaceId = string & { readonly [brand]: 'FaceId' };

/** What a face was made of: 10 hexadecimal digits of a hash of the font file, its settings and the pipeline's version. */
export type BuildId = string & { readonly [brand]: 'BuildId' };

/** A plan's content: 8 hexadecimal digits of a hash of its slices and deltas. */
export type PlanId = string & { readonly [brand]: 'PlanId' };

const FACE = /^[a-z0-9]+(?:-[a-z0-9]+)*-[1-9][0-9]{0,2}(?:-italic)?$/;
const BUILD = /^[0-9a-f]{10}$/;
const PLAN = /^[0-9a-f]{8}$/;
const MAX_FACE_CHARACTERS = 80;

/** @throws TypecaseError `bad-identifier` */
export function parseFaceId(text: string): FaceId {
  if (!FACE.test(text) || text.length > MAX_FACE_CHARACTERS) {
    throw new TypecaseError(
      'bad-identifier',
      `“${text.slice(0, 100)}” is no face; a face is named like noto-sans-jp-400.`,
    );
  }
  return text as FaceId;
}

/** @throws TypecaseError `bad-identifier` */
export function parseBuildId(text: string): BuildId {
  if (!BUILD.test(text)) {
    throw new TypecaseError('bad-identifier', `“${text.slice(0, 100)}” is no build; a build is 10 hexadecimal digits.`);
  }
  return text as BuildId;
}

/** @throws TypecaseError `bad-identifier` */
export function parsePlanId(text: string): PlanId {
  if (!PLAN.test(text)) {
    throw new TypecaseError('bad-identifier', `“${text.slice(0, 100)}” is no plan; a plan is 8 hexadecimal digits.`);
  }
  return text as PlanId;
}

/** The slug of a family name in URLs: “Noto Sans JP” → `noto-sans-jp`, “Café” → `cafe`, “明朝” → `u660e-u671d`. */
export function slugOf(family: string): string {
  const plain = family.normalize('NFKD').replace(LATIN_ACCENTS, '').normalize('NFC').toLowerCase();
  const spelled = Array.from(plain, (character) => {
    if (/[a-z0-9]/.test(character)) return character;
    return /[\p{L}\p{N}]/u.test(character) ? `-u${character.codePointAt(0)?.toString(16)}-` : '-';
  });
  return spelled.join('').replace(/-+/g, '-').replace(/^-|-$/g, '');
}

const LATIN_ACCENTS = /[\u0300-\u036f]/g;

/** The id of a family's face. @throws TypecaseError `bad-identifier` where the family has no letter or digit to spell it by. */
export function faceIdOf(family: string, weight: number, style: 'normal' | 'italic'): FaceId {
  return parseFaceId(`${slugOf(family)}-${weight}${style === 'italic' ? '-italic' : ''}`);
}
