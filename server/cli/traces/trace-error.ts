/** A refusal of traces, or of what traces are to be made of: the message says what is wrong and what would be right. */
export class TraceError extends Error {
  override readonly name = 'TraceError';
}
