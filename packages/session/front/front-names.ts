/** The host name of a project: `shop.localhost`. What a host name cannot have becomes a hyphen (RFC 1123, section 2.1). */
export const projectHost = (project: string): string => `${hostLabel(project)}.localhost`;

/** The host name of one of its services: `api.shop.localhost`. */
export const serviceHost = (service: string, project: string): string =>
  `${hostLabel(service)}.${projectHost(project)}`;

/** The host of a route below a domain: the domain itself without one, a label below it, or a whole name as it is. */
export function routeHost(host: string | undefined, domain: string): string {
  if (host === undefined) return domain;
  return host.includes(".") ? host : `${host}.${domain}`;
}

/** `https://shop.localhost:8443`; without the port that https means. */
export const httpsUrl = (host: string, port: number): string => `https://${host}${port === 443 ? "" : `:${port}`}`;

/** The names that a certificate must have for these hosts: the project's name with all below it, this machine, and what is elsewhere. */
export function certificateNames(project: string, hosts: readonly string[]): readonly string[] {
  const own = projectHost(project);
  const isCovered = (host: string) => host === own || host.slice(host.indexOf(".") + 1) === own;
  const others = hosts.filter((host) => !isCovered(host));
  return [...new Set([own, `*.${own}`, "localhost", "127.0.0.1", "::1", ...others])];
}

function hostLabel(name: string): string {
  // A label has 63 characters at most (RFC 1035, section 2.3.4).
  const label = name.toLowerCase().replace(/[^a-z\d-]+/g, "-");
  return (
    label
      .replace(/^-+|-+$/g, "")
      .slice(0, 63)
      .replace(/-+$/, "") || "service"
  );
}
