/** A page as it was found, before its text is taken. */
export type SourcePage = {
  readonly kind: 'page';
  readonly site: string;
  /** Orders the pages of a site; it is not written. */
  readonly path: string;
  readonly format: 'html' | 'markdown' | 'text';
  readonly content: string;
};

/** What a source gives: a page, or why there is none. */
export type SourceOutcome = SourcePage | { readonly kind: 'dropped'; readonly reason: string };
/** Takes one outcome after the other, so that no more than one page need be held. */
export type TakeOutcome = (outcome: SourceOutcome) => void;

/** A page that is larger is left out. */
export const MAX_PAGE_BYTES = 5_000_000;
/** The reason for it. */
export const TOO_LARGE = `larger than ${MAX_PAGE_BYTES / 1e6} MB`;
