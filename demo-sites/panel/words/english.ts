import type { PanelWords } from '../words.ts';

export const english: PanelWords = {
  modes: {
    hub: ['Hub', 'One store for all sites answers. What another site has shown already costs nothing here.'],
    site: ['This site’s store', 'The browser keeps sites apart, so the store of this one answers.'],
    direct: ['Direct', 'Neither the hub nor the store answers yet. The page asks the network itself.'],
    'own-worker': [
      'By its own worker',
      'A stylesheet asks. What this browser has not at hand passes the site’s own worker.',
    ],
    stylesheet: ['Stylesheet alone', 'The browser fetches what the stylesheet names. No script of the service runs.'],
    waiting: ['Starting', 'The page client is on its way.'],
  },
  files: 'Files',
  bytes: 'Font data',
  transferred: 'Over the network',
  atLeast: (figure) => `at least ${figure}`,
  characters: 'Characters drawn',
  list: 'Every file',
  columns: ['Part', 'Size', 'Time', 'From'],
  answers: {
    hub: 'hub',
    worker: 'worker',
    cache: 'cache',
    network: 'network',
    failed: 'failed',
    hidden: 'not told',
  },
  parts: { base: 'base', slice: 'slice', delta: 'delta' },
  vertical: 'vertical',
  countCharacters: (count) => `${count} characters`,
  none: 'No font of the service has been loaded yet.',
  comparison: {
    title: 'The same text by Google’s slices',
    page: 'This page',
    visit: (pages) => (pages === 1 ? 'The visit, one page' : `The visit, ${pages} pages`),
    google: 'Google’s slices',
    countFiles: (files) => (files === 1 ? '1 file' : `${files} files`),
    meaning: 'Font files only. Google’s are counted as its stylesheet would have this browser fetch them.',
    clear: 'Clear the count',
    missing: 'There is no comparison: the packages with the sizes of Google’s slices are not installed.',
  },
};
