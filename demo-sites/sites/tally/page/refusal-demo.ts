import { createElement } from '../../../panel/create-element.ts';
import type { Connect } from './connect.ts';
import { type FigureLine, formatSeconds, showFigures } from './figures.ts';

/** At a press, connects to what the service refuses and to an origin without service: both end in the same way. */
export function startRefusalDemo(list: HTMLElement, button: HTMLButtonElement, connect: Connect): void {
  const urls = [new URL('/v1/secrets', location.href).href, list.dataset['nobody'] ?? ''];
  const run = async () => {
    button.disabled = true;
    showFigures(
      list,
      urls.map((url): FigureLine => [labelOf(url), createElement('span', 'silence')]),
    );
    const outcomes = await Promise.all(urls.map((url) => describeFailure(url, connect)));
    showFigures(list, outcomes);
    button.disabled = false;
  };
  showFigures(
    list,
    urls.map((url): FigureLine => [labelOf(url), '–']),
  );
  button.addEventListener('click', () => void run());
  button.disabled = false;
}

function labelOf(url: string): string {
  return new URL(url).origin === location.origin ? 'refused' : 'no service';
}

async function describeFailure(url: string, connect: Connect): Promise<FigureLine> {
  const startedMs = performance.now();
  try {
    await connect(url);
    return [labelOf(url), 'connected'];
  } catch (error) {
    const name = error instanceof Error ? error.name : String(error);
    return [labelOf(url), `${name} after ${formatSeconds(performance.now() - startedMs)}`, 'big'];
  }
}
