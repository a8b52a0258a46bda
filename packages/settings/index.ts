export { type Config, defineConfig } from "./config.ts";
export type { LoadedConfig } from "./loaded-config.ts";
export { type ParsedSettings, parseSettings } from "./parse-settings.ts";
export type { BackupConfig, BackupSettings } from "./sections/backup.ts";
export {
  type CertificatesConfig,
  type ChallengeSettings,
  defaultPublicCertificate,
  type PublicCertificateSettings,
} from "./sections/certificates.ts";
export type { DataConfig, DataSettings } from "./sections/data.ts";
export type { FrontConfig, FrontServerName, FrontSettings } from "./sections/front.ts";
export type { ReloadConfig, ReloadRule, ReloadSettings } from "./sections/reload.ts";
export type { RouteAnswer, RouteConfig, RouteSettings } from "./sections/routes.ts";
export { defaultSettings, type Settings } from "./settings.ts";
