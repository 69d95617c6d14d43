/** What the platform library adds to `navigator`; undefined where it could not be loaded. */
export type Connect = (url: string | URL) => Promise<MessagePort>;

/** Finds `navigator.connect()`. */
export function findConnect(): Connect | undefined {
  const { connect } = navigator as Navigator & { readonly connect?: Connect };
  return connect?.bind(navigator);
}
