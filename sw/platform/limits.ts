/** How long `navigator.connect()` waits; every refusal and every absence is reported at this one moment. */
export const CONNECT_DEADLINE_MS = 5000;

/** How long a foreign worker may take to say that it handles a request; then the network is asked. */
export const CLAIM_DEADLINE_MS = 1000;

/** How long it may take, from the request on, to answer one that it handles; then the network is asked. */
export const ANSWER_DEADLINE_MS = 5000;

/** How long a worker waits for a window client that brokers for it. */
export const BROKER_DEADLINE_MS = 150;

/** After how long without progress unacknowledged messages are sent again. */
export const RESEND_AFTER_MS = 3000;

/** Messages that a connection may hold for a worker which does not take them; one more closes the connection. */
export const MAX_UNACKNOWLEDGED = 10_000;

/** Connections and requests that one bridge may have waiting at once; more are refused. */
export const MAX_PENDING = 256;

/** Ports that a worker stores for one origin; one more is a QuotaExceededError. */
export const MAX_STORED_PER_ORIGIN = 1024;
