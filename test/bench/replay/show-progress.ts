const BAR_CELLS = 30;
/** Without a terminal, a line for each tenth. */
const LINES = 10;

/** Shows how much of some work is done, with the time left, on a terminal as a bar. */
export function showProgress(stream: NodeJS.WriteStream, total: number, nowMs: () => number): (done: number) => void {
  const startMs = nowMs();
  let lines = 0;
  return (done) => {
    const secondsLeft = Math.round(((nowMs() - startMs) / 1000 / done) * (total - done));
    const text = `${done} of ${total} sessions, ${done === total ? 'done' : `some ${secondsLeft} s to go`}`;
    if (stream.isTTY) {
      const filled = Math.round((done / total) * BAR_CELLS);
      stream.write(
        `\r${'█'.repeat(filled)}${'░'.repeat(BAR_CELLS - filled)} ${text}\x1b[K${done === total ? '\n' : ''}`,
      );
    } else if (Math.floor((done / total) * LINES) > lines) {
      lines = Math.floor((done / total) * LINES);
      stream.write(`${text}\n`);
    }
  };
}
