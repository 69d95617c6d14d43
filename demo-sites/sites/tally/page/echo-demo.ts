import { createElement } from '../../../panel/create-element.ts';
import type { EchoAnswer } from '../messages.ts';
import type { Connect } from './connect.ts';
import { formatMilliseconds, formatSeconds } from './figures.ts';

const SHOWN = 6;

/** Sends over one port for as long as the page lives, and logs each echo with the life of the worker that gave it. */
export async function startEchoDemo(form: HTMLFormElement, log: Element, connect: Connect): Promise<void> {
  const button = form.querySelector('button');
  const port = await connect('/v1/echo');
  const sentMs: number[] = [];
  let lastLife = 0;
  port.onmessage = ({ data }) => {
    const answer = data as EchoAnswer;
    const isNew = lastLife !== 0 && answer.life !== lastLife;
    lastLife = answer.life;
    if ('connected' in answer) return;
    log.prepend(createRow(answer, performance.now() - (sentMs.shift() ?? performance.now()), isNew));
    while (log.children.length > SHOWN) log.lastElementChild?.remove();
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    sentMs.push(performance.now());
    port.postMessage(String(new FormData(form).get('text')));
  });
  if (button) button.disabled = false;
  form.requestSubmit();
}

function createRow(answer: EchoAnswer, roundTripMs: number, isNew: boolean): Element {
  const text = 'echo' in answer ? answer.echo : 'error' in answer ? answer.error : '';
  const cells = [text, formatMilliseconds(roundTripMs), String(answer.life), formatSeconds(answer.ageMs)];
  return createElement('tr', isNew ? 'new-life' : '', ...cells.map((cell) => createElement('td', '', cell)));
}
