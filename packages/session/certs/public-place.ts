import { resolve } from "node:path";
import type { WantedPublicCertificate } from "@drydock/certs";
import { defaultPublicCertificate } from "@drydock/settings";
import { withCheckoutName } from "../checkout-name.ts";
import { noComposeFile } from "../errors.ts";
import { findStateFolder } from "../find-project.ts";
import { acmeFolder } from "../front/authority-place.ts";
import { loadProject } from "../load-project.ts";
import type { StackSource } from "../supervisor.ts";
import { badDirectory, noCertificateNames, wildcardByHttp } from "./errors.ts";

/** What a person may say instead of `dev.config.ts`. */
export interface PublicCertificateRequest {
  /** Empty: the settings'. */
  readonly names: readonly string[];
  /** "staging", "production" or a URL; undefined: the settings'. */
  readonly directory: string | undefined;
  readonly agreesToTerms: boolean;
}

/** A certificate that production needs, and where accounts and certificates lie. */
export interface PublicPlace {
  readonly folder: string;
  readonly wanted: WantedPublicCertificate;
  /** The project says that it wants one; else a person asked. */
  readonly isConfigured: boolean;
}

/** What a project's settings and a request mean together. @throws DevError NO_COMPOSE_FILE, BAD_CONFIGURATION, NO_CERTIFICATE_NAMES, BAD_DIRECTORY, WILDCARD_BY_HTTP */
export async function publicPlace(source: StackSource, request: PublicCertificateRequest): Promise<PublicPlace> {
  const state = findStateFolder(source);
  if (!state) throw noComposeFile(source.directory);
  const { environment, settings } = await loadProject(withCheckoutName(source, state), []);
  const own = settings.certificates.production;
  const { domains, directory, agreesToTerms, directoryAuthority, file, ...rest } = own ?? defaultPublicCertificate;
  const { acmeDirectory } = await import("@drydock/certs");
  const found = acmeDirectory(request.directory ?? directory);
  if (!found) throw badDirectory(request.directory ?? directory);
  const said = [...(request.names.length > 0 ? request.names : domains)].map((name) => name.toLowerCase());
  const names = said.length > 0 || settings.front.domain === undefined ? said : [settings.front.domain];
  if (names.length === 0) throw noCertificateNames();
  const wildcards = names.filter((name) => name.startsWith("*."));
  if (wildcards.length > 0 && rest.challenge.kind !== "dns-command") throw wildcardByHttp(wildcards);
  const inProject = (path: string | undefined) =>
    path === undefined ? undefined : resolve(environment.directory, path);
  return {
    folder: acmeFolder(source.variables),
    isConfigured: own !== undefined,
    wanted: {
      ...rest,
      directory: found,
      directoryAuthority: inProject(directoryAuthority),
      names,
      agreesToTerms: agreesToTerms || request.agreesToTerms,
      // Names that a person gives are not those that the team's file is served for.
      file: request.names.length > 0 ? undefined : inProject(file),
      projectDirectory: environment.directory,
    },
  };
}
