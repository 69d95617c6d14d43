/** The name of this site's cache. */
export const CACHE_NAME = 'reader-shelf';

/** The pages, in the order of reading: the contents and the chapters. */
export const pagePaths: readonly string[] = ['/', '/akari', '/kami', '/gyo', '/shiori'];

/** What the pages need beside their fonts. */
export const assetPaths: readonly string[] = [
  '/style.css',
  '/contents.css',
  '/chapter.css',
  '/panel.css',
  '/panel.js',
  '/page.js',
  '/icon.svg',
  '/slices/noto-sans-jp.json',
];

/** What the pages take from the service: the page client, and the stylesheet that it reads. Fonts are the service's own matter. */
export const servicePaths: readonly string[] = [
  '/typecase.js',
  '/css2?family=Noto+Sans+JP:wght@400;700&display=swap&delivery=delta',
];
