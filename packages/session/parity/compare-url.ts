import { readFile } from "node:fs/promises";
import { systemClock } from "@drydock/core";
import { authorityFolder } from "../front/authority-place.ts";
import { compareSites } from "./compare-sites.ts";
import { lookAtSite } from "./look-at-site.ts";
import type { ParityReport } from "./parity-report.ts";
import { siteAddress } from "./site-address.ts";

/**
 * Compares a live site with ours, as both are seen from here. `ours` is asked for the same path unless it has one of its own.
 * @throws DevError BAD_URL, SITE_UNREACHABLE
 */
export async function compareUrl(
  variables: Readonly<Record<string, string>>,
  theirs: string,
  ours: string,
  signal: AbortSignal,
): Promise<ParityReport> {
  const { parityScore } = await import("@drydock/nginx");
  const { authorityCertificatePath } = await import("@drydock/certs");
  const authority = await readFile(authorityCertificatePath(authorityFolder(variables)), "utf8").catch(() => undefined);
  const { url } = siteAddress(theirs);
  const own = siteAddress(ours).url;
  if (own.pathname === "/" && own.search === "") {
    own.pathname = url.pathname;
    own.search = url.search;
  }
  const [their, our] = await Promise.all([
    lookAtSite(url.href, authority, signal),
    lookAtSite(own.href, authority, signal),
  ]);
  const lines = compareSites(their, our, systemClock.now());
  const notices = [their, our].flatMap(({ host, tls }) =>
    tls?.certificate.refusedBecause === undefined
      ? []
      : [
          `Clients refuse the certificate of ${host} (${tls.certificate.refusedBecause}); it was looked at all the same.`,
        ],
  );
  return { theirs: url.href, ours: own.href, score: parityScore(lines), lines, notices };
}
