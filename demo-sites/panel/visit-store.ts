import { emptyVisit, parseVisit, type Visit } from './visit.ts';

const KEY = 'typecase-panel-visit';

/** Reads this site's visit; an empty one where storage is not to be had. */
export function readVisit(): Visit {
  try {
    return parseVisit(localStorage.getItem(KEY));
  } catch {
    return emptyVisit;
  }
}

/** Keeps this site's visit; where storage is full or closed, it lasts as long as the page, which shows it all the same. */
export function writeVisit(visit: Visit): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(visit));
  } catch {
    // See above.
  }
}
