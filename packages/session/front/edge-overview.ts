/** Where a stack is reached, and what makes browsers believe it. */
export interface EdgeOverview {
  /** False: the settings turn the front off. */
  readonly isOn: boolean;
  readonly routes: readonly RouteOverview[];
  readonly certificates: readonly EdgeCertificate[];
  /** The stores that were told to trust the authority: `system`, `firefox`. */
  readonly trustedBy: readonly string[];
}

/** One way into the stack, in the order in which the front looks for it. */
export interface RouteOverview {
  /** `shop.localhost`, without a port. */
  readonly host: string;
  readonly path: string;
  /** That path alone; else all that begins with it. */
  readonly isExact: boolean;
  /** `api`, `redirect to https://...`, `folder public`. */
  readonly to: string;
  readonly isService: boolean;
}

/** A certificate on this machine that the front has to do with. */
export interface EdgeCertificate {
  /** `authority`, `front`, or what else it is. */
  readonly kind: string;
  readonly path: string;
  readonly subject: string;
  readonly issuer: string;
  readonly names: readonly string[];
  /** Milliseconds since the epoch. */
  readonly validFrom: number;
  readonly validUntil: number;
  readonly serialNumber: string;
}
