/** What the page is told of a font that has been added; part of `window.typecase`. */
export type FontReport = {
  readonly face: string;
  /** `base-0` or `d/{set}`. */
  readonly file: string;
  readonly url: string;
  readonly from: 'hub' | 'worker' | 'network';
  /** False where it has just been fetched. */
  readonly isStored: boolean;
  /** 0 where the browser has loaded it by its URL: then nobody knows. */
  readonly bytes: number;
  /** Since the batch was asked for. */
  readonly milliseconds: number;
  readonly codepoints: number;
};

/** `ready` waits no longer for what has begun. */
const READY_DEADLINE_MS = 10_000;

let settle = () => {};
let running = 0;

/** `window.typecase`; only `mode` and the list of fonts change. */
export const typecase = {
  ready: new Promise<void>((resolve) => {
    settle = resolve;
  }),
  mode: 'direct' as 'hub' | 'site' | 'direct',
  fonts: [] as FontReport[],
};

/** Resolves when the page has loaded. */
export const loaded = new Promise<unknown>((resolve) => {
  if (document.readyState === 'complete') resolve(0);
  else addEventListener('load', resolve);
});

/** Resolves after a time. */
export function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Dispatches an event of ours on the document. */
export function tell(name: string, detail: object): void {
  document.dispatchEvent(new CustomEvent(`typecase:${name}`, { detail }));
}

/** Has `ready` wait for a task, until that says that it is done. */
export function track(task: (done: () => void) => unknown): void {
  running++;
  void Promise.race([new Promise<void>(task), delay(READY_DEADLINE_MS)]).then(() => {
    if (--running) return;
    settle();
    tell('ready', { mode: typecase.mode });
  });
}

/** Shows `window.typecase`, and has `document.fonts.ready` wait for it. */
export function publish(): void {
  const { fonts } = document;
  Object.assign(window, { typecase });
  Object.defineProperty(fonts, 'ready', {
    configurable: true,
    get: () => typecase.ready.then(() => Reflect.get(Object.getPrototypeOf(fonts), 'ready', fonts)),
  });
}
