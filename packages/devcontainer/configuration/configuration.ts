/** What a `devcontainer.json` says of that which is acted on here; all else is the dev containers CLI's. */
export interface DevContainerConfiguration {
  /** Absolute. */
  readonly file: string;
  readonly name?: string;
  /** What the container is made from. */
  readonly source: "image" | "dockerfile" | "compose";
  readonly ports: PortWishes;
  /** What is odd without being wrong, as sentences. */
  readonly notices: readonly string[];
}

/** Which ports are to be reached from outside, and what is said of them (containers.dev, devcontainer.json reference). */
export interface PortWishes {
  readonly forwardPorts: readonly PortPlace[];
  /** By key as it was written: `3000`, `8000-8010`, `db:5432`. */
  readonly attributes: Readonly<Record<string, PortAttributes>>;
  /** `otherPortsAttributes`: of ports without a key of their own. */
  readonly otherAttributes: PortAttributes;
}

/** A port as the dev container sees it. `host` is `localhost`, or a service beside it: `db`. */
export interface PortPlace {
  readonly host: string;
  readonly port: number;
}

/** One entry of `portsAttributes`. */
export interface PortAttributes {
  readonly label?: string;
  readonly protocol?: "http" | "https";
  /** True: another local port than the same number is of no use. */
  readonly requireLocalPort?: boolean;
}
