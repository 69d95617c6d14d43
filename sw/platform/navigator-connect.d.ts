/** What the library adds to `navigator`, in windows and workers. */
interface Navigator {
  connect(url: string | URL, options?: { readonly name?: string; readonly data?: unknown }): Promise<MessagePort>;
}

interface WorkerNavigator {
  connect: Navigator['connect'];
}
