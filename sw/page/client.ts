import { addFaces } from './faces-of-page.ts';
import { addOwnSheet, scriptUrl } from './own-script.ts';
import { loaded, publish, track } from './progress.ts';
import { readSheets } from './read-sheets.ts';
import { reportUsage } from './report-usage.ts';
import { openStores } from './stores.ts';
import { mark, readChanged, watchPage } from './watch-page.ts';

/** Reads new stylesheets, and the page anew: texts may have other fonts now. */
function update(): void {
  mark(document.documentElement);
  readSheets((faces) => {
    addFaces(faces);
    mark(document.documentElement);
    readChanged();
  });
}

publish();
if (scriptUrl) {
  openStores(scriptUrl.origin);
  addOwnSheet(scriptUrl);
}
watchPage();
update();
reportUsage();
// Stylesheets tell that they have come; the event does not bubble, but can be captured.
document.addEventListener(
  'load',
  ({ target }) => {
    if ((target as HTMLLinkElement).sheet) update();
  },
  true,
);
track(async (done) => {
  await loaded;
  update();
  readChanged();
  done();
});
