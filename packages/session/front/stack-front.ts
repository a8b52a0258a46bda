/** Where a stack is reached through its front. */
export interface FrontUrls {
  /** `https://shop.localhost:8443`; undefined when no service answers there. */
  readonly main: string | undefined;
  /** By service, best first. */
  readonly services: ReadonlyMap<string, readonly string[]>;
  /** The folder of the authority that signs for them. */
  readonly authorityFolder: string;
}

/** The proxy before a stack, as the use cases see it. Nothing of it rejects because of the front: a stack is up without it. */
export interface StackFront {
  /** Undefined while it does not serve. */
  readonly urls: FrontUrls | undefined;
  /** Makes what services need before they start, and begins to serve. */
  begin(variables: Readonly<Record<string, string>>): Promise<void>;
  /** Resolves when it serves the stack as it is now. */
  settle(): Promise<void>;
  /** Resolves when no request is under way to where it led before it was settled last: what answered there may be stopped then. */
  drained(): Promise<void>;
  /** Once it serves the stack as it is now, pages that browsers show load again. */
  reloadPages(): Promise<void>;
}
