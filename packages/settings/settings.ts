import { type BackupSettings, defaultBackup } from "./sections/backup.ts";
import type { CertificatesSettings } from "./sections/certificates.ts";
import type { DataSettings } from "./sections/data.ts";
import { defaultFront, type FrontSettings } from "./sections/front.ts";
import type { ReloadSettings } from "./sections/reload.ts";
import type { RouteSettings } from "./sections/routes.ts";

/** What a project's `dev.config.ts` means, with every default filled in. */
export interface Settings {
  readonly backup: BackupSettings;
  readonly certificates: CertificatesSettings;
  readonly data: DataSettings;
  readonly front: FrontSettings;
  readonly reload: ReloadSettings;
  /** Empty: they come from the Compose file. */
  readonly routes: readonly RouteSettings[];
}

/** The settings of a project that has no `dev.config.ts`. */
export const defaultSettings: Settings = {
  backup: defaultBackup,
  certificates: { production: undefined },
  data: { seed: undefined, seeds: "seeds", followsGit: false },
  front: defaultFront,
  reload: { reloadsPages: true, rules: [] },
  routes: [],
};
