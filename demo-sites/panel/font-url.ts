/** Which part of a face a font file holds, told from its URL. */
export type FontPart =
  | { readonly kind: 'base'; readonly index: number; readonly isVertical: boolean }
  | { readonly kind: 'slice'; readonly plan: string; readonly index: number }
  | { readonly kind: 'delta'; readonly set: string };

/** A font URL of the service, taken apart. */
export type FontUrl = { readonly face: string; readonly build: string; readonly part: FontPart };

const fontPath = /^\/font\/([a-z0-9-]+)\/([\w-]+)\/(.+)\.woff2$/;
const basePath = /^base-(\d+)(v?)$/;
const slicePath = /^s\/([\w-]+)\/(\d+)$/;
const deltaPath = /^d\/([\w.~-]+)$/;

/** Takes a font URL of the service apart, or answers undefined for any other URL. */
export function parseFontUrl(url: string, serviceOrigin: string): FontUrl | undefined {
  if (!URL.canParse(url)) return undefined;
  const { origin, pathname } = new URL(url);
  const [, face, build, rest] = fontPath.exec(pathname) ?? [];
  if (origin !== serviceOrigin || face === undefined || build === undefined || rest === undefined) return undefined;
  const part = parseFontPart(rest);
  return part && { face, build, part };
}

function parseFontPart(path: string): FontPart | undefined {
  const base = basePath.exec(path);
  if (base) return { kind: 'base', index: Number(base[1]), isVertical: base[2] === 'v' };
  const [, plan, index] = slicePath.exec(path) ?? [];
  if (plan !== undefined) return { kind: 'slice', plan, index: Number(index) };
  const [, set] = deltaPath.exec(path) ?? [];
  return set === undefined ? undefined : { kind: 'delta', set };
}
