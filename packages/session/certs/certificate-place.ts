import type { CertificateFacts } from "@drydock/certs";
import { systemClock } from "@drydock/core";
import { withCheckoutName } from "../checkout-name.ts";
import { findStateFolder } from "../find-project.ts";
import { authorityFolder } from "../front/authority-place.ts";
import { frontFolder } from "../front/front-folder.ts";
import { certificateNames } from "../front/front-names.ts";
import { planLocalSites } from "../front/local-place.ts";
import { loadProject } from "../load-project.ts";
import type { StackSource } from "../supervisor.ts";

/** The certificate of a project's front, and the domains that its authority is made for. */
export interface CertificatePlace {
  readonly authorityFolder: string;
  readonly path: string;
  readonly names: readonly string[];
  /** Hosts of routes elsewhere than below localhost. */
  readonly otherNames: readonly string[];
  /** The settings turn the front off. */
  readonly isOff: boolean;
}

/** Where a project's certificate is and what for; undefined where there is no project. @throws DevError BAD_CONFIGURATION, CONFIG_DOES_NOT_LOAD */
export async function certificatePlace(source: StackSource): Promise<CertificatePlace | undefined> {
  const folder = findStateFolder(source);
  if (!folder) return undefined;
  const { environment, settings } = await loadProject(withCheckoutName(source, folder), []);
  const own = certificateNames(environment.project, []);
  const hosts = planLocalSites(environment, settings, []).sites.flatMap((site) => site.hosts);
  const all = certificateNames(environment.project, hosts);
  return {
    authorityFolder: authorityFolder(source.variables),
    path: frontFolder(folder.directory).certificate,
    names: own,
    otherNames: all.filter((name) => !own.includes(name)),
    isOff: !settings.front.isOn,
  };
}

/** What its files hold now. */
export async function certificateFacts({
  authorityFolder,
  path,
  names,
  otherNames,
}: CertificatePlace): Promise<CertificateFacts> {
  const { readCertificateFacts } = await import("@drydock/certs");
  return readCertificateFacts(authorityFolder, path, [...names, ...otherNames], systemClock);
}
