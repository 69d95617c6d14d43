const BAR_CELLS = 24;

/** Shows how far several faces are: bars on a terminal, a line at the start and the end of each elsewhere. */
export type ProgressDisplay = {
  update(face: string, done: number): void;
  /** Ends a face's bar with a line that stays. */
  finish(face: string, line: string): void;
  /** Writes a line that stays. */
  note(line: string): void;
};

/** Creates a display that writes to a stream. */
export function createProgressDisplay(stream: NodeJS.WriteStream): ProgressDisplay {
  const running = new Map<string, number>();
  let shownLines = 0;

  function redraw(): void {
    if (!stream.isTTY) return;
    stream.write(shownLines === 0 ? '' : `\x1b[${shownLines}A\x1b[J`);
    for (const [face, done] of running) stream.write(`${formatBar(face, done)}\n`);
    shownLines = running.size;
  }

  function note(line: string): void {
    if (stream.isTTY && shownLines > 0) stream.write(`\x1b[${shownLines}A\x1b[J`);
    shownLines = 0;
    stream.write(`${line}\n`);
    redraw();
  }

  return {
    note,
    update: (face, done) => {
      if (!running.has(face) && !stream.isTTY) stream.write(`${face}  ingesting …\n`);
      running.set(face, done);
      redraw();
    },
    finish: (face, line) => {
      running.delete(face);
      note(line);
    },
  };
}

function formatBar(face: string, done: number): string {
  const filled = Math.round(done * BAR_CELLS);
  return `${face.padEnd(28)} ${'█'.repeat(filled)}${'░'.repeat(BAR_CELLS - filled)} ${String(Math.round(done * 100)).padStart(3)} %`;
}
