/** What a page answers to an expression of `formatExpression`. */
type Outcome =
  | { readonly state: 'returned'; readonly value?: unknown }
  | { readonly state: 'threw'; readonly name: string; readonly message: string; readonly stack: string };

/**
 * Formats a self-contained function and its arguments as an expression whose promise resolves to a JSON text.
 *
 * `__name` is what esbuild's keepNames leaves in the source of functions; pages do not have it.
 */
export function formatExpression(run: (...args: never) => unknown, args: readonly unknown[]): string {
  return `(async () => {
    const __name = (named) => named;
    try {
      return JSON.stringify({ state: 'returned', value: await (${run})(...${JSON.stringify(args)}) });
    } catch (error) {
      const { name = 'Error', message = String(error), stack = '' } = Object(error);
      return JSON.stringify({ state: 'threw', name, message, stack });
    }
  })()`;
}

/** Returns the value of an expression's outcome, or throws the error that the page threw. */
export function unwrapOutcome(text: string): unknown {
  const outcome = JSON.parse(text) as Outcome;
  if (outcome.state === 'returned') return outcome.value;
  const error = new Error(outcome.message);
  error.name = outcome.name;
  error.stack = `${outcome.stack}\n    (in the page)`;
  throw error;
}
