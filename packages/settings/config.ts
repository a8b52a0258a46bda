import type { BackupConfig } from "./sections/backup.ts";
import type { CertificatesConfig } from "./sections/certificates.ts";
import type { DataConfig } from "./sections/data.ts";
import type { FrontConfig } from "./sections/front.ts";
import type { ReloadConfig } from "./sections/reload.ts";
import type { RouteConfig } from "./sections/routes.ts";

/**
 * What `dev.config.ts` may say; all of it is optional, and everything has a default that works.
 * @example export default defineConfig({ data: { seed: "demo" } })
 */
export interface Config {
  /** Backups of the databases: where, when, how many. `dev backup` makes and restores them. @example backup: { to: "~/backups/shop", every: "4h" } */
  readonly backup?: BackupConfig;
  /** Certificates that others sign: production's, by an ACME authority such as Let's Encrypt. `dev certs issue` gets and renews them. */
  readonly certificates?: CertificatesConfig;
  /** The data that the databases begin with, and whether it follows git. */
  readonly data?: DataConfig;
  /** The proxy before the stack, with TLS: `https://<project>.localhost`. False: the stack is reached at its own ports alone. */
  readonly front?: FrontConfig | false;
  /** How what runs follows what is saved. @example reload: { browser: false } */
  readonly reload?: ReloadConfig;
  /**
   * What answers where. Without it: each service with a published or exposed HTTP port, at `https://<service>.<project>.localhost`, and the stack's
   * proxy or web service at `https://<project>.localhost`.
   * @example routes: [{ path: "/api/", to: "api:3000" }, { to: "web" }]
   */
  readonly routes?: readonly RouteConfig[];
}

/**
 * Gives the settings of a project their types; it changes nothing.
 * @example export default defineConfig({ data: { seed: "demo", follow: "git" } })
 */
export function defineConfig(config: Config): Config {
  return config;
}
