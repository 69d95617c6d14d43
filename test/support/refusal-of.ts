import { type ErrorCode, TypecaseError } from '../../font-service/errors.ts';

/** What a run was refused with. */
export type Refusal = { readonly code: ErrorCode; readonly message: string };

/** The refusal that a run ends with, undefined where it succeeds; any other error is thrown on, as it is a bug. */
export function refusalOf(run: () => unknown): Refusal | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return refusalIn(error);
  }
}

/** Like {@link refusalOf}, of a run that ends later. */
export async function refusalOfAsync(run: () => Promise<unknown>): Promise<Refusal | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return refusalIn(error);
  }
}

function refusalIn(error: unknown): Refusal {
  if (error instanceof TypecaseError) return { code: error.code, message: error.message };
  throw error;
}
