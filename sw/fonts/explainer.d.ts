/** What of the explainer's API the fonts worker uses: TypeScript's library lacks it. */

interface ConnectEvent extends Event {
  /** The URL that the client named. */
  readonly targetUrl: string;
  readonly port: MessagePort;
}

interface ServiceWorkerGlobalScopeEventMap {
  connect: ConnectEvent;
}

interface ExtendableEvent {
  /** In install events: requests of other sites below these paths come to this worker. */
  handleFallThroughRequests(scopes: readonly string[]): void;
}
