import { askSite } from "./ask-site.ts";
import { siteUnreachable } from "./errors.ts";
import { lookAtTls } from "./look-at-tls.ts";
import { siteAddress } from "./site-address.ts";
import type { SiteLook } from "./site-look.ts";

/**
 * Looks at a live site from outside: one answer, what TLS it offers, and what plain HTTP gets: at port 80 beside 443, at the same port elsewhere.
 * @throws DevError BAD_URL, SITE_UNREACHABLE
 */
export async function lookAtSite(
  text: string,
  authorityPem: string | undefined,
  signal: AbortSignal,
): Promise<SiteLook> {
  const address = siteAddress(text);
  const { url } = address;
  const isSecure = url.protocol === "https:";
  const { status, headers } = await askSite(address, isSecure, signal);
  const look = { url: url.href, host: url.hostname, status, headers };
  if (!isSecure) return { ...look, tls: undefined, plain: undefined };
  const tls = await lookAtTls(address, authorityPem, signal);
  if (!tls) throw siteUnreachable(url.href, "no TLS handshake succeeds");
  const isUsual = address.port === 443;
  const plainUrl = new URL(url.href.replace(/^https:/, "http:"));
  const plain = await askSite({ ...address, url: plainUrl, port: isUsual ? 80 : address.port }, false, signal).then(
    (answer) => plainAnswer(answer, url),
    () => {
      signal.throwIfAborted();
      return "nothing";
    },
  );
  return { ...look, tls, plain };
}

function plainAnswer({ status, headers }: Awaited<ReturnType<typeof askSite>>, asked: URL): string {
  if (status < 300 || status > 399) return status === 400 ? "nothing" : `served (${status})`;
  const target = headers.find(([name]) => name === "location")?.[1] ?? "";
  if (!URL.canParse(target, asked.href.replace(/^https:/, "http:"))) return `${status} to ${target}`;
  const { protocol, pathname, search, hostname } = new URL(target, asked.href.replace(/^https:/, "http:"));
  if (protocol !== "https:") return `${status} to ${target}`;
  const where = hostname === asked.hostname ? "https" : `https://${hostname}`;
  return `${status} to ${where}${pathname === asked.pathname && search === asked.search ? "" : " without the path"}`;
}
