import type { EchoAnswer } from '../messages.ts';
import type { Connect } from './connect.ts';
import { type FigureLine, formatMilliseconds, showFigures } from './figures.ts';

/** How many connections the list remembers. */
const SHOWN = 6;

/** Connects at once and at each press, and shows what the service's connect event said and how long it took. */
export function startConnectDemo(list: Element, button: HTMLButtonElement, connect: Connect): void {
  const durationsMs: number[] = [];
  const run = async () => {
    button.disabled = true;
    showFigures(list, [['state', 'connecting …']]);
    showFigures(list, await tryConnect(connect, durationsMs));
    button.disabled = false;
  };
  button.addEventListener('click', () => void run());
  void run();
}

async function tryConnect(connect: Connect, durationsMs: number[]): Promise<readonly FigureLine[]> {
  const startedMs = performance.now();
  try {
    const port = await connect('/v1/echo');
    durationsMs.push(performance.now() - startedMs);
    const told = await hearGreeting(port);
    port.close();
    return [['e.origin', told.origin], ['e.targetUrl', told.targetUrl], ...describeDurations(durationsMs)];
  } catch (error) {
    return [['error', `${error}`]];
  }
}

function describeDurations(durationsMs: readonly number[]): readonly FigureLine[] {
  const [cold = 0, ...warm] = durationsMs;
  const line: FigureLine = ['cold', formatMilliseconds(cold), 'big'];
  if (warm.length === 0) return [line];
  return [line, ['warm', warm.slice(-SHOWN).map(formatMilliseconds).join(', '), 'big']];
}

/** The first message of a connection says how the service sees it. */
function hearGreeting(port: MessagePort): Promise<{ readonly origin: string; readonly targetUrl: string }> {
  return new Promise((resolve) => {
    port.onmessage = ({ data }) => {
      const answer = data as EchoAnswer;
      if ('connected' in answer) resolve(answer.connected);
    };
  });
}
