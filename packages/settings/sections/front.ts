/** The proxy that Drydock puts before the stack, with TLS. */
export interface FrontConfig {
  /** Where the stack is reached in production, for `dev proxy render --for production`. @example domain: "shop.example" */
  readonly domain?: string;
  /** Where production's server has its certificate with its chain, and the key. */
  readonly certificate?: string;
  readonly key?: string;
  /**
   * What serves it on this machine. The embedded edge, unless said: it is the same everywhere, and takes up each change of the stack without losing a
   * connection. "nginx" is for who wants production's own: on a Docker engine of this machine that of the stack's nginx service, else that of the image nginx:1.30
   * if it is there, in a container of the host's network; else, and on the local engine, the one on PATH. It must be 1.18 or newer; where none can, the edge serves and says why.
   * @example server: "nginx"
   */
  readonly server?: FrontServerName;
  /**
   * Lets containers reach the stack's own https addresses, and trust them: each gets the names, the authority's certificate below
   * /usr/local/share/drydock, and NODE_EXTRA_CA_CERTS where it is not set. Off unless said: it is a part of each container, so that a plain `docker compose up`
   * makes them anew without it. @example containers: true
   */
  readonly containers?: boolean;
}

export type FrontServerName = "edge" | "nginx";

/** The same with its defaults. */
export interface FrontSettings {
  readonly isOn: boolean;
  readonly domain: string | undefined;
  readonly certificate: string;
  readonly key: string;
  readonly server: FrontServerName;
  readonly isForContainers: boolean;
}

/** The front of a project that says nothing of it. */
export const defaultFront: FrontSettings = {
  isOn: true,
  domain: undefined,
  certificate: "/etc/nginx/certs/fullchain.pem",
  key: "/etc/nginx/certs/key.pem",
  server: "edge",
  isForContainers: false,
};
