/** A page of a driven browser. */
export interface DrivenPage {
  /** Navigates; resolves after the load event. */
  goto(url: string): Promise<void>;
  /**
   * Runs a self-contained function in the page and awaits its promise; JSON values in and out.
   *
   * What the page throws becomes an `Error` with its name, message and stack.
   * A page that does not answer in time is an error too.
   */
  evaluate<Args extends readonly unknown[], Result>(
    run: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result>;
  close(): Promise<void>;
}

/** A browser driven without a debugger on its workers, which would keep them alive. */
export interface DrivenBrowser {
  newPage(url?: string): Promise<DrivenPage>;
  /** Stops running service workers whose script URL matches; resolves when they are stopped. */
  stopWorkers(matches: (scriptUrl: string) => boolean): Promise<void>;
  close(): Promise<void>;
}

/** How long a page may take to answer or to load, unless a launch says otherwise. */
export const PAGE_TIMEOUT_MS = 30_000;
