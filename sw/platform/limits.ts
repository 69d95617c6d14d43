/** How long `navigator.connect()` waits; every refusal and every absence is reported at this one moment. */
export const CONNECT_DEADLINE_MS = 5000;

/**
 * How long a foreign worker may take to say that it handles a request; then the network is asked.
 *
 * A worker that has to be started first says so in 50 to 150 ms on two busy cores, one that is being replaced takes more than 300.
 */
export const CLAIM_DEADLINE_MS = 500;

/** For how long a service that has let that deadline pass is not asked again. */
export const SILENCE_MS = 1000;

/** How long it may take, from then on, to answer; then the network is asked. */
export const ANSWER_DEADLINE_MS = 5000;

/** How long a worker waits for a window client that brokers for it. */
export const BROKER_DEADLINE_MS = 150;

/** After how long without progress unacknowledged messages are sent again. */
export const RESEND_AFTER_MS = 3000;

/** Messages that a connection may hold for a worker which does not take them; one more closes the connection. */
export const MAX_UNACKNOWLEDGED = 10_000;

/** Connections that one bridge may carry at once, and requests that it passes on in a second; more are refused. */
export const MAX_PENDING = 256;

/** Ports that a worker stores for one origin; one more is a QuotaExceededError. */
export const MAX_STORED_PER_ORIGIN = 1024;
