/** The proxy that Drydock puts before the stack, with TLS. */
export interface FrontConfig {
  /** Where the stack is reached in production, for `dev proxy render --for production`. @example domain: "shop.example" */
  readonly domain?: string;
  /** Where production's server has its certificate with its chain, and the key. */
  readonly certificate?: string;
  readonly key?: string;
}

/** The same with its defaults. */
export interface FrontSettings {
  readonly isOn: boolean;
  readonly domain: string | undefined;
  readonly certificate: string;
  readonly key: string;
}

/** The front of a project that says nothing of it. */
export const defaultFront: FrontSettings = {
  isOn: true,
  domain: undefined,
  certificate: "/etc/nginx/certs/fullchain.pem",
  key: "/etc/nginx/certs/key.pem",
};
