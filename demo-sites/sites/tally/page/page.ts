import { createElement } from '../../../panel/create-element.ts';
import { findConnect } from './connect.ts';
import { startConnectDemo } from './connect-demo.ts';
import { startEchoDemo } from './echo-demo.ts';
import { startRefusalDemo } from './refusal-demo.ts';
import { startTotalsDemo } from './totals-demo.ts';

function find<Found extends Element>(selector: string): Found {
  const found = document.querySelector<Found>(selector);
  if (found === null) throw new Error(`The page has no ${selector}.`);
  return found;
}

function createErrorRow(error: unknown): Element {
  const cell = createElement('td', '', String(error));
  cell.colSpan = 4;
  return createElement('tr', '', cell);
}

startTotalsDemo(find('[data-totals]'), find('[data-totals-state]'));
const connect = findConnect();
if (connect) {
  startConnectDemo(find('[data-connect]'), find('[data-connect-again]'), connect);
  startRefusalDemo(find('[data-refusal]'), find('[data-refusal-ask]'), connect);
  const log = find('[data-echo-log]');
  startEchoDemo(find('[data-echo]'), log, connect).catch((error: unknown) => log.append(createErrorRow(error)));
}
