/**
 * What can be wrong with something that came from outside.
 *
 * The server maps every code to an HTTP status in one exhaustive table.
 */
export type ErrorCode =
  | 'bad-codepoint-set'
  | 'bad-unicode-range'
  | 'bad-identifier'
  | 'bad-font'
  | 'unservable-font'
  | 'bad-pack'
  | 'bad-priors'
  | 'bad-query'
  | 'bad-usage'
  | 'bad-usage-report'
  | 'missing-family'
  | 'out-of-bounds';

/** An error about outside input: a stable `code`, and a message that says what is wrong and what would be right. */
export class TypecaseError extends Error {
  override readonly name = 'TypecaseError';
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}
